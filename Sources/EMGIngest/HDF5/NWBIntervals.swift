internal import EMGSignal
internal import HDF5
import PrintableText

/// The tables of intervals of an NWB file, one of which gives the labels.
struct NWBIntervals {
    /// Columns whose values are names of classes, the best first.
    private static let labelColumns = [
        "gesture", "gesture_name", "label", "labels", "condition", "movement", "action", "class",
        "class_name", "stimulus", "stimulus_name", "cue", "task", "intent", "trial_type", "type",
        "event", "event_type", "name",
    ]
    private static let timeColumns: Set<String> = [
        "start_time", "stop_time", "id", "tags", "timeseries",
    ]
    private static let invalidTimes = "/intervals/invalid_times"

    /// What came of it.
    struct Outcome {
        var labels: EventLabels?
        /// The samples that the file marks as bad.
        var bad: [QualityInterval] = []
        var warnings: [IngestWarning] = []
        var details: [String: ProcessingStep.Value] = [:]
    }

    private let source: HDF5Source
    private let events: HDF5Layout.Events?

    init(_ source: HDF5Source, template: SourceTemplate?) {
        self.source = source
        if case .hdf5(let layout)? = template?.layout {
            events = layout.events
        } else {
            events = nil
        }
    }

    /// The labels of a series.
    ///
    /// - Parameters:
    ///   - sampleCount: The number of samples.
    ///   - clock: How their samples are found.
    /// - Returns: The labels, and what there is to say of them.
    /// - Throws: ``IngestError`` for tables that cannot be read.
    func labels(sampleCount: Int, clock: HDF5Clock) throws(IngestError) -> Outcome {
        var outcome = Outcome()
        try takeInvalidTimes(&outcome, sampleCount: sampleCount, clock: clock)
        var table: HDF5Events?
        if let events {
            table = HDF5Events(
                source: source, start: events.start, stop: events.stop,
                duration: events.duration, name: events.name)
        } else if let path = try chosenTable(&outcome) {
            table = try chosenColumn(of: path, &outcome)
        }
        guard let table else { return outcome }
        outcome.details["labels_from"] = .text(table.name)
        let (labels, bad, warnings) = try table.labels(sampleCount: sampleCount, clock: clock)
        outcome.labels = labels
        outcome.bad += bad
        outcome.warnings += warnings
        return outcome
    }

    /// Marks the samples of `invalid_times` as bad.
    private func takeInvalidTimes(
        _ outcome: inout Outcome, sampleCount: Int, clock: HDF5Clock
    ) throws(IngestError) {
        let table = Self.invalidTimes
        guard try source.attempt({ (file) throws(HDF5Error) in try file.hasLink(table) }) else {
            return
        }
        let events = HDF5Events(
            source: source, start: "\(table)/start_time", stop: "\(table)/stop_time",
            duration: nil, name: "\(table)/start_time")
        let ranges = try events.ranges(sampleCount: sampleCount, clock: clock)
        guard !ranges.isEmpty else { return }
        outcome.bad += ranges.map {
            QualityInterval(range: $0, channel: nil, kind: .markedBad)
        }
        outcome.warnings.append(
            IngestWarning(
                .markedBad, at: source.location(table), count: ranges.count,
                message:
                    "the file marks \(ranges.count, of: "segment", plural: "segments") as "
                    + "invalid, first from sample \(ranges[0].start)"))
    }

    /// `trials`, else `epochs`, else the first by name; the others are said.
    private func chosenTable(_ outcome: inout Outcome) throws(IngestError) -> String? {
        let group = "/intervals"
        let names = try source.attempt { (file) throws(HDF5Error) -> [String] in
            guard try file.hasLink(group) else { return [] }
            return try file.links(in: group, limit: 100).names
        }
        let tables = names.filter { $0 != "invalid_times" }.sorted { left, right in
            func rank(_ name: String) -> Int { name == "trials" ? 0 : name == "epochs" ? 1 : 2 }
            return rank(left) == rank(right)
                ? NaturalOrder.precedes(left, right) : rank(left) < rank(right)
        }
        guard let first = tables.first else { return nil }
        if tables.count > 1 {
            outcome.warnings.append(
                IngestWarning(
                    .partLeftOut, at: source.location(group), count: tables.count - 1,
                    message: "labels are taken from \(first), not from "
                        + tables.dropFirst().prefix(8).joined(separator: ", ")))
        }
        return "\(group)/\(first)"
    }

    /// The column with the classes: of the usual names the best, else the only one of texts, else
    /// the first of them with a warning.
    private func chosenColumn(
        of table: String, _ outcome: inout Outcome
    ) throws(IngestError) -> HDF5Events? {
        let location = source.location(table)
        let columns = try columns(of: table)
        guard columns.isTimed else {
            outcome.warnings.append(
                IngestWarning(
                    .events, at: location,
                    message: "the table has no start_time and stop_time: there are no labels"))
            return nil
        }
        let usual = Self.labelColumns.compactMap { wanted in
            columns.words.first { $0.lowercased() == wanted }
        }
        let numbered = Self.labelColumns.compactMap { wanted in
            columns.numbers.first { $0.lowercased() == wanted }
        }
        guard let name = usual.first ?? columns.words.first ?? numbered.first else {
            outcome.warnings.append(
                IngestWarning(
                    .events, at: location,
                    message: "no column of \(table) names classes: there are no labels; "
                        + "a template with events can name one"))
            return nil
        }
        if usual.isEmpty, columns.words.count > 1 {
            outcome.warnings.append(
                IngestWarning(
                    .assumption, at: location,
                    message: "labels are taken from \(name), the first of the columns "
                        + columns.words.prefix(8).joined(separator: ", ")
                        + "; a template with events can name another"))
        } else if usual.count > 1 {
            outcome.warnings.append(
                IngestWarning(
                    .assumption, at: location,
                    message: "labels are taken from \(name); they could be in "
                        + usual.dropFirst().joined(separator: ", ")
                        + ", which a template with events can name"))
        }
        var events = HDF5Events(
            source: source, start: "\(table)/start_time", stop: "\(table)/stop_time",
            duration: nil, name: "\(table)/\(name)")
        events.names = try elements(of: "\(table)/\(name)")
        return events
    }

    /// The names that the numbers of a column of enumerated values stand for.
    private func elements(of column: String) throws(IngestError) -> [String] {
        try source.attempt { (file) throws(HDF5Error) -> [String] in
            guard case .references(let names)? = try file.attribute("elements", of: column),
                let name = names.first, try file.metadata(of: name)?.kind == .words
            else { return [] }
            let texts = try file.texts(name)
            return try texts.read(0..<min(texts.count, 256))
        }
    }

    /// The columns with one value a row, in the order of the table.
    private func columns(
        of table: String
    ) throws(IngestError) -> (isTimed: Bool, words: [String], numbers: [String]) {
        try source.attempt {
            (file) throws(HDF5Error) -> (isTimed: Bool, words: [String], numbers: [String]) in
            let there = try file.links(in: table, limit: 1_000).names
            var names: [String] = []
            if case .texts(let listed)? = try file.attribute("colnames", of: table) {
                names = listed.filter(there.contains)
            }
            names += there.filter { !names.contains($0) }
            var (words, numbers): ([String], [String]) = ([], [])
            for name in names where !Self.timeColumns.contains(name) {
                // A column with an index has lists for values.
                guard !name.hasSuffix("_index"), !there.contains("\(name)_index"),
                    let metadata = try file.metadata(of: "\(table)/\(name)"),
                    metadata.shape.count == 1
                else { continue }
                switch metadata.kind {
                case .words: words.append(name)
                case .numbers: numbers.append(name)
                case .records, .other: break
                }
            }
            return (
                there.contains("start_time") && there.contains("stop_time"), words, numbers
            )
        }
    }
}
