internal import Foundation

/// Tells tables of samples from those of people, events and notes, by a look at their beginning.
enum TableGlance {
    /// How many rows the shortest table of samples in no known layout has.
    private static let fewestRows = 50

    /// Why a text that only its name takes for a recording is none; `nil` when it may be one. One
    /// that cannot be read may be one: reading it tells why.
    static func whyNoRecording(_ url: URL) -> String? {
        guard
            let prefix = try? SourceFileReader.prefix(of: url, count: ReaderRegistry.prefixLength)
        else { return nil }
        let glance = TextGlance(prefix)
        guard glance.isText else { return nil }
        // Names of channels or classes: a recording, whatever else is wrong with it.
        let head = (0..<min(3, glance.lines.count)).flatMap { glance.cells(ofLine: $0) }
        if head.contains(where: { $0.lowercased().hasPrefix("emg") || $0.lowercased() == "gt" }) {
            return nil
        }
        if isNumeric(glance), !isShort(glance, prefix), !isOfEvents(glance) { return nil }
        return "a table of something else than samples"
    }

    /// What a text in no known format is, when it looks like samples; `nil` for any other file,
    /// of which something else is said, and so for one that cannot be read.
    static func whyUnknown(_ url: URL) -> String? {
        guard
            let prefix = try? SourceFileReader.prefix(of: url, count: ReaderRegistry.prefixLength)
        else { return nil }
        let glance = TextGlance(prefix)
        guard glance.isText else { return nil }
        guard isNumeric(glance), !isShort(glance, prefix), !isOfEvents(glance) else { return nil }
        return "a table of numbers in no known layout: a template that names its columns "
            + "(--template FILE.yaml, docs/formats/templates.md) makes it a recording"
    }

    /// Whether the rows hold numbers more than anything else.
    private static func isNumeric(_ glance: TextGlance) -> Bool {
        let counts = glance.lines.indices.dropFirst().map { glance.numbers(inLine: $0) }
        return counts.reduce(0) { $0 + $1.numbers } > counts.reduce(0) { $0 + $1.others }
    }

    /// Whether there are too few rows for samples.
    private static func isShort(_ glance: TextGlance, _ prefix: [UInt8]) -> Bool {
        prefix.count < ReaderRegistry.prefixLength && glance.lines.count < fewestRows
    }

    /// Whether the columns are those of events or people.
    private static func isOfEvents(_ glance: TextGlance) -> Bool {
        let names = Set(glance.cells(ofLine: 0).map { $0.lowercased() })
        return eventColumns.contains { $0.isSubset(of: names) }
    }

    private static let eventColumns: [Set<String>] = [
        ["onset", "duration"], ["start", "end"], ["start", "stop"], ["participant_id"],
        ["subject_id"], ["age"], ["sex"], ["gender"], ["trial_type"],
    ]
}
