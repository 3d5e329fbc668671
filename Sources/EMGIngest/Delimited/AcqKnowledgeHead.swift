internal import CSV
internal import EMGSignal
internal import Foundation
internal import PrintableText

/// The head of a text export of AcqKnowledge: the file's name, `0.5 msec/sample`, `2 channels`, a
/// line with the name and one with the unit of each channel.
///
/// The names `CH1`, `CH2` of the columns stand behind it, with the axis (`min`, `sec`, `milliSec`)
/// before them when it was exported, and then mostly a row with the number of samples.
struct AcqKnowledgeHead: Sendable {
    /// The most channels that one file has.
    private static let mostChannels = 1_000
    /// How many lines may stand before the number of channels.
    private static let mostLines = 64

    /// Channels in the order of their columns; rates and columns are settled by the table.
    private(set) var signals: [DelimitedSignal] = []
    /// The sampling rate.
    private(set) var rate: SamplingRate?
    private(set) var details: [String: ProcessingStep.Value] = [:]

    /// Reads up to the names of the columns, at which the table then stands.
    init(_ table: inout DelimitedTable, texts: inout TextDecoding) throws(IngestError) {
        var interval: Double?
        var count: Int?
        while count == nil {
            guard try table.advance(), table.number <= Self.mostLines else {
                throw Self.fault("a line \"2 channels\" near the beginning", "none", table.location)
            }
            let text = try table.text(&texts).trimmingBlanks()
            if table.number == 1 { details["acqknowledge_file"] = .text(text) }
            if let hertz = Self.hertz(text) {
                interval = hertz
            } else if let number = Self.channels(text) {
                count = number
            }
        }
        guard let hertz = interval else {
            throw Self.fault(
                "a line \"0.5 msec/sample\" before the channels", "none", table.location)
        }
        do throws(SignalError) {
            rate = try SamplingRate(hertz: hertz)
        } catch {
            throw IngestError(.unknownRate(reason: error.description), at: table.location)
        }
        for index in 0..<(count ?? 0) {
            let name = try Self.line(&table, &texts)
            let unit = try Self.line(&table, &texts)
            signals.append(
                DelimitedSignal(
                    label: name, hertz: hertz, isDeclared: true, unit: unit, column: index,
                    time: nil))
        }
        guard try table.advance() else {
            throw Self.fault("the names of the columns", "the end of the file", table.location)
        }
    }

    private static func line(
        _ table: inout DelimitedTable, _ texts: inout TextDecoding
    ) throws(IngestError) -> String {
        guard try table.advance() else {
            throw fault(
                "a name and a unit for each channel", "the end of the file", table.location)
        }
        return try table.text(&texts).trimmingBlanks()
    }

    private static func fault(
        _ expected: String, _ found: String, _ location: SourceLocation
    ) -> IngestError {
        IngestError(
            .malformed(expected: expected, found: found), at: location,
            hint: "export it with its header, or describe the columns in a template of your own")
    }

    /// The rate of a line `0.5 msec/sample`, `0.0005 sec/sample` or `2000 samples/second`.
    private static func hertz(_ text: String) -> Double? {
        let lower = text.lowercased()
        guard let number = LeadingNumber.read(text), number > 0 else { return nil }
        for (word, perSecond) in [
            ("msec/sample", 1_000.0), ("usec/sample", 1e6), ("sec/sample", 1.0),
            ("min/sample", 1 / 60.0),
        ] where lower.contains(word) {
            return perSecond / number
        }
        return lower.contains("samples/sec") || lower.contains("samples/second") ? number : nil
    }

    private static func channels(_ text: String) -> Int? {
        let words = text.split { $0 == " " || $0 == "\t" }
        guard words.count == 2, ["channel", "channels"].contains(words[1].lowercased()),
            let count = Int(words[0]), (1...mostChannels).contains(count)
        else { return nil }
        return count
    }

    // MARK: - The columns

    /// Refuses names of columns that are not those of the channels, `CH1`, `CH2`.
    static func check(
        _ names: [String], channels: Int, at location: SourceLocation
    ) throws(IngestError) {
        let behind = names.dropFirst(names.first.flatMap(axisUnit) == nil ? 0 : 1)
        let own = behind.last == "" ? behind.dropLast() : behind
        let isRight = own.allSatisfy { name in
            name.uppercased().hasPrefix("CH") && name.dropFirst(2).allSatisfy(\.isNumber)
        }
        guard isRight, own.count == channels else {
            throw fault(
                "the names CH1, CH2 of \(channels, of: "column"), as the head says",
                names.joined(separator: " "), location)
        }
    }

    /// The length in seconds of the unit of an axis; `nil` for a name that is none.
    static func axisUnit(_ name: String) -> Double? {
        switch name.lowercased() {
        case "sec", "seconds", "s": 1
        case "min", "minutes": 60
        case "hrs", "hr", "hours": 3_600
        case "millisec", "msec", "ms": 1e-3
        case "microsec", "usec", "us": 1e-6
        default: nil
        }
    }

    /// The numbers of samples in a row behind the names.
    ///
    /// - Parameters:
    ///   - cells: The row.
    ///   - hasAxis: Whether the first column is that of times, which has no number of samples.
    /// - Returns: One for each channel; `nil` when it is the first row of samples.
    static func counts(_ cells: [String], hasAxis: Bool) -> [Int]? {
        let numbers = (hasAxis ? Array(cells.dropFirst()) : cells).filter { !$0.isEmpty }
        guard hasAxis ? cells.first == "" : true, !numbers.isEmpty else { return nil }
        let counts = numbers.compactMap { Int($0) }
        guard counts.count == numbers.count, counts.allSatisfy({ $0 > 0 }) else { return nil }
        return counts
    }
}
