private import Foundation

/// What the lines before a table say.
struct PreambleFacts: Sendable {
    /// The sampling rate in hertz; `nil` when none is said, or several that differ.
    private(set) var rate: Double?
    /// The line that says it, from 1.
    private(set) var rateLine = 0
    /// How comments begin, when all lines before the header do so.
    let comment: String?

    init(_ lines: ArraySlice<Substring>, header: Substring?) {
        let filled = lines.filter { !$0.allSatisfy(\.isWhitespace) }
        comment = ["#", "%", "//", ";", "*"].first { mark in
            !filled.isEmpty && filled.allSatisfy { $0.trimmingBlanks.hasPrefix(mark) }
                && header?.trimmingBlanks.hasPrefix(mark) != true
        }
        var found: [(rate: Double, line: Int)] = []
        for (place, line) in lines.enumerated() {
            if let rate = Self.rate(in: line) { found.append((rate, place + 1)) }
        }
        if let first = found.first, found.allSatisfy({ $0.rate == first.rate }) {
            (rate, rateLine) = (first.rate, first.line)
        }
    }

    /// `Sampling Rate: 1000 Hz`, `fs = 2048`, `"SamplingFrequency",1925.926`, `0.5 msec/sample`.
    static func rate(in line: Substring) -> Double? {
        let text = String(line)
        if let match = text.firstMatch(
            of: /(?i)([0-9]*[.,]?[0-9]+)\s*(s|sec|ms|msec|us|usec)\s*\/\s*sample/),
            let period = Double(match.output.1.replacing(",", with: ".")), period > 0
        {
            let scale =
                match.output.2.lowercased().hasPrefix("m")
                ? 1e3 : match.output.2.lowercased().hasPrefix("u") ? 1e6 : 1
            return scale / period
        }
        guard
            let match = text.firstMatch(
                of:
                    /(?i)(sampl\w*[\s_]*(?:rate|freq\w*)?|\bfs\b|\bsr\b|frequency|rate|abtastrate)[^0-9\n]{0,24}?([0-9]+(?:[.,][0-9]+)?)\s*(k?hz)?/
            ),
            var rate = Double(match.output.2.replacing(",", with: "."))
        else { return nil }
        if match.output.3?.lowercased() == "khz" { rate *= 1_000 }
        return (10...200_000).contains(rate) ? rate : nil
    }
}
