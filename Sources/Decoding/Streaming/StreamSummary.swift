package import Documents
private import PrintableText

/// What happened while a stream was decoded.
package struct StreamSummary: Sendable {
    /// What the source is called.
    package let source: String
    /// What was counted.
    package let counters: StreamCounters
    /// From the arrival of a window's last sample to its decision.
    package let latency: LatencyHistogram
    /// From when a sample was stamped by its sender to its arrival; empty when senders do not stamp.
    package let transit: LatencyHistogram
    /// How much slower the source's clock runs than the rate says, in millionths; `nil` when it is
    /// not known.
    package let driftPartsPerMillion: Double?
    /// The duration of the samples that arrived.
    package let signalSeconds: Double
    /// From the first arrival to the end.
    package let wallSeconds: Double
    /// What was spent on decoding and output.
    package let computingSeconds: Double
    /// Outputs that each sink did not get rid of.
    package let dropped: [(name: String, count: Int)]

    /// Seconds of signal in a second; `nil` when nothing arrived.
    package var realTimeFactor: Double? { wallSeconds > 0 ? signalSeconds / wallSeconds : nil }

    /// The summary for programs.
    package var document: DocumentValue {
        var members: [DocumentValue.Member] = [.init(key: "source", value: .string(source))]
        members += counters.named.map { .init(key: $0.key, value: .integer($0.value)) }
        members += [
            .init(key: "latency", value: latency.document),
            .init(key: "transit", value: transit.document),
            .init(
                key: "clock_drift_ppm", value: driftPartsPerMillion.map { .number($0) } ?? .null),
            .init(key: "signal_s", value: .number(signalSeconds)),
            .init(key: "wall_s", value: .number(wallSeconds)),
            .init(key: "computing_s", value: .number(computingSeconds)),
            .init(key: "real_time_factor", value: realTimeFactor.map { .number($0) } ?? .null),
            .init(
                key: "sinks",
                value: .array(
                    dropped.map {
                        .object(["name": .string($0.name), "dropped": .integer($0.count)])
                    })),
        ]
        return .object(members)
    }

    /// The summary for people, some lines.
    package var text: String {
        var lines = [
            "\(source): \(counters.decisions, of: "decision") from \(counters.samples, of: "sample")"
                + " (\(Self.short(signalSeconds)) s of signal in \(Self.short(wallSeconds)) s"
                + (realTimeFactor.map { ", \(Self.short($0)) times real time" } ?? "") + ")"
        ]
        if let text = latency.text {
            lines.append("latency from the last sample to the decision: \(text)")
        }
        if let text = transit.text { lines.append("on the way from the sender: \(text)") }
        if let drift = driftPartsPerMillion {
            lines.append("clock drift: \(Self.short(drift)) ppm")
        }
        let faults = counters.named.filter { Self.faultNames.contains($0.key) && $0.value > 0 }
            .map { "\($0.value) \($0.key.replacing("_", with: " "))" }
        lines.append("faults: " + (faults.isEmpty ? "none" : faults.joined(separator: ", ")))
        lines += dropped.filter { $0.count > 0 }.map {
            "\($0.name): \($0.count, of: "output") dropped"
        }
        return lines.joined(separator: "\n")
    }

    private static let faultNames: Set<String> = [
        "corrupt_packets", "lost_samples", "gaps", "non_finite_samples", "disconnects",
        "reconnects", "stalls", "fault_decisions",
    ]

    /// Three digits behind the point.
    private static func short(_ number: Double) -> String {
        "\((number * 1_000).rounded() / 1_000)"
    }
}
