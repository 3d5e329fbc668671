package import Documents
private import Statistics

extension OnlineMetrics {
    /// What tables show: a name and a value each, in the order of a report.
    package var rows: [(name: String, value: String)] {
        func share(_ value: Double?) -> String { value.map(CompactNumber.share) ?? "–" }
        func seconds(_ value: Double?) -> String {
            value.map { "\(CompactNumber.share($0)) s" } ?? "–"
        }
        var rows = [
            ("decisions", "\(count), of which \(labeledCount) labeled, \(faultCount) faults"),
            (
                "accuracy of what is put out",
                "\(share(accuracy)) (\(rightCount) of \(labeledCount))"
            ),
            ("accuracy of the likeliest class", share(probabilities.accuracy)),
            (
                "changes followed",
                "\(share(transitions.accuracy)) (\(transitions.followedCount) of "
                    + "\(transitions.eventCount))"
            ),
            (
                "false activations an hour of rest",
                falseActivationsPerHour.map {
                    "\(CompactNumber.decimal($0)) (\(falseActivationCount) in "
                        + "\(CompactNumber.decimal(restSeconds)) s)"
                } ?? "–"
            ),
            (
                "time to the first right decision",
                "median \(seconds(onsets.median)), p90 \(seconds(onsets.p90)), never "
                    + "\(onsets.neverCount) of \(onsets.count)"
            ),
            ("calibration error", share(probabilities.accuracy.map { _ in calibrationError })),
            ("−log p of the true class", share(probabilities.loss)),
            ("area under accuracy by coverage", share(rejection.area)),
        ]
        for coverage in Self.coverages.dropFirst() {
            rows.append(
                (
                    "accuracy of the \(Int(coverage * 100)) % most probable",
                    share(rejection.accuracy(atCoverage: coverage))
                ))
        }
        if let latency, let text = latency.text {
            rows.append(("latency from the last sample", text))
        }
        return rows
    }

    /// The expected calibration error, in ten parts of probability.
    package var calibrationError: Double { probabilities.bins.calibrationError }

    /// The metrics as a table of two columns, its lines ended by line feeds.
    package var text: String {
        let rows = rows
        let width = rows.map(\.name.count).max() ?? 0
        return rows.map { name, value in
            name + String(repeating: " ", count: width - name.count + 2) + value + "\n"
        }.joined()
    }

    /// The metrics for programs.
    package var document: DocumentValue {
        .object(known: [
            "decisions": .integer(count), "faults": .integer(faultCount),
            "labeled": .integer(labeledCount), "right": .integer(rightCount),
            "accuracy": .number(known: accuracy),
            "likeliest_accuracy": .number(known: probabilities.accuracy),
            "transitions": .integer(transitions.eventCount),
            "transition_accuracy": .number(known: transitions.accuracy),
            "stability": .number(known: transitions.stability),
            "rest_seconds": .number(restSeconds),
            "false_activations": .integer(falseActivationCount),
            "false_activations_per_hour": .number(known: falseActivationsPerHour),
            "onsets": .integer(onsets.count), "onsets_never": .integer(onsets.neverCount),
            "onset_seconds_median": .number(known: onsets.median),
            "onset_seconds_p90": .number(known: onsets.p90),
            "calibration_error": .number(
                known: probabilities.accuracy.map { _ in calibrationError }),
            "negative_log_likelihood": .number(known: probabilities.loss),
            "rejection_area": .number(known: rejection.area),
            "rejection": .array(
                Self.coverages.map { coverage in
                    .object([
                        "coverage": .number(coverage),
                        "accuracy": .number(known: rejection.accuracy(atCoverage: coverage)),
                    ])
                }),
            "latency": latency?.document,
        ])
    }
}

extension LatencyHistogram {
    /// The latencies on a line, in milliseconds; `nil` when none was recorded.
    package var text: String? {
        guard let middle = quantile(0.5), let p99 = quantile(0.99), let p999 = quantile(0.999),
            let maximum
        else { return nil }
        func time(_ nanoseconds: UInt64) -> String {
            CompactNumber.share(Double(nanoseconds) / 1e6)
        }
        return "p50 \(time(middle)), p99 \(time(p99)), p99.9 \(time(p999)), max \(time(maximum)) ms"
            + (deadline.map { ", \(missedCount) of \(count) beyond \(time($0)) ms" } ?? "")
    }

    /// The latencies for programs.
    package var document: DocumentValue {
        func time(_ nanoseconds: UInt64?) -> DocumentValue {
            .number(known: nanoseconds.map { Double($0) / 1e9 })
        }
        return .object([
            "count": .integer(count), "p50_seconds": time(quantile(0.5)),
            "p99_seconds": time(quantile(0.99)), "p999_seconds": time(quantile(0.999)),
            "max_seconds": time(maximum), "deadline_seconds": time(deadline),
            "missed_deadlines": .integer(missedCount),
        ])
    }
}

extension DocumentValue {
    /// A number, or nothing.
    fileprivate static func number(known value: Double?) -> DocumentValue {
        value.map { .number($0) } ?? DocumentValue(.null)
    }
}
