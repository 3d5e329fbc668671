import Documents
import EMGLabeling
import Foundation
import PrintableText

/// How far begins and ends of movements that were found are from those that somebody knows, for people
/// and programs.
struct OnsetResult {
    private(set) var onsets = OnsetComparison()
    private(set) var offsets = OnsetComparison()
    private var rows: [(id: String, onsets: OnsetComparison, offsets: OnsetComparison)] = []
    private let tolerance: Double

    init(toleranceSeconds: Double) {
        tolerance = toleranceSeconds
    }

    /// Takes the comparison of a recording in.
    mutating func add(
        _ id: String, _ comparison: (onsets: OnsetComparison, offsets: OnsetComparison)
    ) {
        rows.append((id, comparison.onsets, comparison.offsets))
        onsets.add(comparison.onsets)
        offsets.add(comparison.offsets)
    }

    /// A table of the recordings and all of them together.
    var text: String {
        var table = TextTable(
            "recording", ">onsets", ">within", ">median", ">10 %", ">90 %", ">missed", ">false",
            ">offsets", ">within", ">median")
        for row in rows + [("all", onsets, offsets)] {
            table.add(
                row.id, "\(row.onsets.knownCount)",
                Self.percent(row.onsets.share(within: tolerance)),
                Self.milliseconds(row.onsets.quantile(0.5)),
                Self.milliseconds(row.onsets.quantile(0.1)),
                Self.milliseconds(row.onsets.quantile(0.9)), "\(row.onsets.missed)",
                "\(row.onsets.extra)", "\(row.offsets.knownCount)",
                Self.percent(row.offsets.share(within: tolerance)),
                Self.milliseconds(row.offsets.quantile(0.5)))
        }
        let within = Int((tolerance * 1_000).rounded())
        return table.text
            + "\n\(Self.percent(onsets.share(within: tolerance))) of "
            + "\(onsets.knownCount, of: "onset") within \(within) ms; errors in ms, found less known"
    }

    private static func percent(_ share: Double?) -> String {
        share.map { String(format: "%.1f %%", 100 * $0) } ?? ""
    }

    private static func milliseconds(_ seconds: Double?) -> String {
        seconds.map { String(format: "%.0f", 1_000 * $0).replacing("-", with: "−") } ?? ""
    }

    /// The result for programs, errors in seconds.
    func document(_ detection: OnsetDetection) -> DocumentValue {
        .object([
            "detection": detection.document, "tolerance_s": .number(tolerance),
            "onsets": document(onsets), "offsets": document(offsets),
            "recordings": .array(
                rows.map {
                    .object([
                        "recording": .string($0.id), "onsets": document($0.onsets),
                        "offsets": document($0.offsets),
                    ])
                }),
        ])
    }

    private func document(_ comparison: OnsetComparison) -> DocumentValue {
        func number(_ value: Double?) -> DocumentValue { value.map { .number($0) } ?? .null }
        return .object([
            "known": .integer(comparison.knownCount),
            "share_within": number(comparison.share(within: tolerance)),
            "median_error_s": number(comparison.quantile(0.5)),
            "missed": .integer(comparison.missed), "false": .integer(comparison.extra),
            "errors_s": .numbers(comparison.errors),
        ])
    }
}
