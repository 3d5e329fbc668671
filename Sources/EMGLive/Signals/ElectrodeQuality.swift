internal import Documents
internal import EMGIngest
internal import EMGSignal

/// What is wrong with electrodes now, by the same rules as for recordings.
struct ElectrodeQuality: Sendable, Hashable {
    /// Something that is wrong with one electrode.
    enum Finding: String, Sendable, Hashable, CaseIterable {
        /// The signal does not move.
        case flat
        /// The signal is at the end of the converter's range.
        case clipping
        /// Hum of the mains stands out.
        case hum
        /// Samples have no number.
        case missing

        init?(_ kind: QualityInterval.Kind) {
            switch kind {
            case .flatLine: self = .flat
            case .saturation: self = .clipping
            case .mainsHum: self = .hum
            case .nonFinite: self = .missing
            case .gap, .relabeled, .repaired, .markedBad, .filterEdge: return nil
            }
        }
    }

    /// An electrode.
    struct Electrode: Sendable, Hashable {
        /// The channel's name.
        let name: String
        /// The unit of its numbers.
        let unit: String
        /// The mean of the amount beside the mean.
        let level: Double
        /// What is wrong.
        let findings: [Finding]
    }

    /// The electrodes, channel by channel.
    let electrodes: [Electrode]
    /// Whether the device repeats samples.
    let areHeld: Bool

    /// Looks at some seconds.
    ///
    /// - Parameters:
    ///   - samples: The newest samples.
    ///   - channels: Their channels.
    ///   - rate: Their rate.
    init(_ samples: SampleMatrix, channels: [Channel], rate: SamplingRate) {
        let assessment = QualityAssessment.assess(
            samples, of: QualityAssessment.Subject(channels: channels, rate: rate, file: ""))
        areHeld = assessment.effectiveRate != rate
        electrodes = channels.indices.map { channel in
            let findings = assessment.intervals.filter {
                $0.channel == channel || $0.channel == nil
            }.compactMap { Finding($0.kind) }
            return Electrode(
                name: channels[channel].name, unit: channels[channel].unit,
                level: Self.level(samples, channel),
                findings: Finding.allCases.filter(findings.contains))
        }
    }

    private static func level(_ samples: SampleMatrix, _ channel: Int) -> Double {
        let values = (0..<samples.sampleCount).map {
            Double(samples.values[$0 * samples.channelCount + channel])
        }.filter(\.isFinite)
        guard !values.isEmpty else { return 0 }
        let mean = values.reduce(0, +) / Double(values.count)
        return values.reduce(0) { $0 + abs($1 - mean) } / Double(values.count)
    }

    /// For the page.
    var document: DocumentValue {
        .object([
            "held": .boolean(areHeld),
            "electrodes": .array(
                electrodes.map {
                    .object([
                        "name": .string($0.name), "unit": .string($0.unit),
                        "level": .number($0.level),
                        "findings": .strings($0.findings.map(\.rawValue)),
                    ])
                }),
        ])
    }
}
