package import Documents

extension RecordingInspection {
    /// The inspection as JSON, members in the order of their names.
    package var json: String { document.json(.sorted) }

    /// The inspection for programs; what is not known is left out.
    package var document: DocumentValue {
        .object(known: [
            "file": .string(file), "format": .string(format), "sha256": .string(sha256),
            "identity": identity.map { .string($0) }, "part": part.map { .string($0) },
            "sample_count": .integer(sampleCount), "duration_s": .number(durationSeconds),
            "rate": rate.document, "time_stamps": timeStamps?.document, "gaps": gaps.document,
            "channels": .array(channels.map(\.document)), "labels": labels?.document,
            "events": events?.document, "quality": .array(quality.map(\.document)),
            "warnings": .array(warnings.map(\.document)),
        ])
    }
}

extension RecordingInspection.Rate {
    fileprivate var document: DocumentValue {
        .object(known: [
            "hertz": .number(hertz), "origin": .string(origin),
            "measured_hz": measuredHertz.map { .number($0) },
            "standard_error_hz": standardErrorHertz.map { .number($0) },
            "effective_hz": .number(effectiveHertz),
        ])
    }
}

extension RecordingInspection.TimeStampSummary {
    fileprivate var document: DocumentValue {
        .object(known: [
            "resolution_s": .number(resolutionSeconds),
            "jitter_s": jitterSeconds.map { .number($0) },
            "samples_per_packet": samplesPerPacket.map { sizes in
                .object([
                    "least": .integer(sizes.least), "typical": .integer(sizes.typical),
                    "most": .integer(sizes.most),
                ])
            },
            "repeated_stamps": .integer(repeatedStamps), "silence": silence.map { .string($0) },
        ])
    }
}

extension RecordingInspection.GapSummary {
    fileprivate var document: DocumentValue {
        let places = places.map { place in
            DocumentValue.object(known: [
                "sample": .integer(place.sample),
                "missing_samples": place.missingSamples.map { .integer($0) },
                "seconds": place.seconds.map { .number($0) }, "origin": .string(place.origin),
            ])
        }
        return .object([
            "count": .integer(count), "missing_samples": .integer(missingSamples),
            "places": .array(places),
        ])
    }
}

extension RecordingInspection.ChannelSummary {
    fileprivate var document: DocumentValue {
        .object(known: [
            "name": .string(name), "unit": .string(unit), "minimum": minimum.map { .number($0) },
            "maximum": maximum.map { .number($0) }, "mean": mean.map { .number($0) },
            "standard_deviation": standardDeviation.map { .number($0) },
            "non_finite_samples": .integer(nonFiniteSamples),
            "saturated_samples": .integer(saturatedSamples),
            "flat_samples": .integer(flatSamples),
            "mains_hum": .array(
                mainsHum.map { hum in
                    .object([
                        "frequency_hz": .number(hum.frequencyHertz),
                        "amplitude": .number(hum.amplitude),
                        "level_decibels": .number(hum.levelDecibels),
                        "is_present": .boolean(hum.isPresent),
                    ])
                }),
        ])
    }
}

extension RecordingInspection.Labels {
    fileprivate var document: DocumentValue {
        .object(known: [
            "classes": .array(
                classes.map {
                    .object([
                        "name": .string($0.name), "sample_count": .integer($0.sampleCount),
                    ])
                }),
            "runs": .array(
                runs.map {
                    .object([
                        "label": .string($0.label), "start": .integer($0.start),
                        "end": .integer($0.end),
                    ])
                }),
            "cycles": cycles.map { cycles in
                .object([
                    "complete_cycles": .integer(cycles.completeCycles),
                    "tail_start": .integer(cycles.tailStart),
                    "problems": .strings(cycles.problems.map(\.rawValue)),
                ])
            },
        ])
    }
}

extension EventTable {
    fileprivate var document: DocumentValue {
        .object([
            "count": .integer(count), "columns": .strings(columns),
            "rows": .array(
                rows.map { row in .array(row.map { $0.map { .string($0) } ?? .null }) }),
        ])
    }
}

extension RecordingInspection.Interval {
    fileprivate var document: DocumentValue {
        .object(known: [
            "kind": .string(kind), "channel": channel.map { .string($0) },
            "start": .integer(start), "end": .integer(end),
        ])
    }
}

extension IngestWarning {
    fileprivate var document: DocumentValue {
        .object([
            "kind": .string(kind.rawValue), "count": .integer(count),
            "message": .string(message),
            "location": .object(known: [
                "file": .string(location.file), "line": location.line.map { .integer($0) },
                "column": location.column.map { .integer($0) },
                "field": location.field.map { .string($0) },
                "byte": location.byte.map { .integer($0) },
                "object": location.object.map { .string($0) },
            ]),
        ])
    }
}
