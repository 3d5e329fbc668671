internal import EMGSignal
internal import HDF5
import PrintableText

/// A table of events: when each began and ended, and what it was.
struct HDF5Events {
    /// More events than any recording has.
    private static let eventLimit = 1_000_000

    let source: HDF5Source
    /// The datasets, from the root group.
    let start: String
    let stop: String?
    let duration: String?
    let name: String
    /// The names that numbers stand for; empty when they stand for themselves.
    var names: [String] = []

    /// The labels that the events give.
    ///
    /// - Parameters:
    ///   - sampleCount: The number of samples.
    ///   - clock: How their samples are found.
    /// - Returns: The labels, the samples that are marked as bad, and what could not be used.
    /// - Throws: ``IngestError`` for columns that cannot be read or differ in length.
    func labels(
        sampleCount: Int, clock: HDF5Clock
    ) throws(IngestError) -> (
        labels: EventLabels?, bad: [QualityInterval], warnings: [IngestWarning]
    ) {
        let starts = try numbers(start)
        let ends = try (stop ?? duration).map { (path) throws(IngestError) in try numbers(path) }
        let texts = try words(name)
        guard starts.count == texts.count, (ends?.count ?? starts.count) == starts.count else {
            throw IngestError(
                .inconsistent(
                    expected: "columns of one length",
                    found: "\(starts.count, of: "start"), \(texts.count) names"
                        + (ends.map { ", \($0.count) ends" } ?? "")),
                at: source.location(start))
        }
        let origin = clock.origin
        var events: [LabelEvent] = []
        var unusable = 0
        for index in starts.indices {
            let begins = starts[index] - origin
            var lasts: Double?
            if let ends { lasts = stop == nil ? ends[index] : ends[index] - starts[index] }
            guard begins.isFinite, lasts.map({ $0.isFinite && $0 > 0 }) ?? true,
                !texts[index].isEmpty
            else {
                unusable += 1
                continue
            }
            events.append(LabelEvent(start: begins, duration: lasts, name: texts[index]))
        }
        var warnings: [IngestWarning] = []
        if unusable > 0 {
            warnings.append(
                IngestWarning(
                    .events, at: source.location(start), count: unusable,
                    message: "\(unusable) of \(starts.count, of: "event") "
                        + "\(unusable == 1 ? "has" : "have") no name, or no time "
                        + "that goes forward, and are left out"))
        }
        let (labels, bad, more) = EventLabels.make(
            events, sampleCount: sampleCount, sampleAt: clock.sample(at:),
            at: source.location(name))
        if let failure = clock.failure { throw IngestError(failure, file: source.name) }
        return (labels, bad, warnings + more)
    }

    /// The samples between starts and ends, whatever happened then; those of no length, outside the
    /// recording or without a time are left out.
    ///
    /// - Parameters:
    ///   - sampleCount: The number of samples.
    ///   - clock: How their samples are found.
    /// - Returns: Ranges in the order of the table.
    /// - Throws: ``IngestError`` for columns that cannot be read or differ in length.
    func ranges(sampleCount: Int, clock: HDF5Clock) throws(IngestError) -> [SampleRange] {
        let starts = try numbers(start)
        let ends = try stop.map { (path) throws(IngestError) in try numbers(path) } ?? starts
        guard starts.count == ends.count else {
            throw IngestError(
                .inconsistent(
                    expected: "columns of one length",
                    found: "\(starts.count, of: "start"), \(ends.count) ends"),
                at: source.location(start))
        }
        let ranges = zip(starts, ends).compactMap { start, end -> SampleRange? in
            guard start.isFinite, !end.isNaN, start < end else { return nil }
            let first = max(0, min(sampleCount, clock.sample(at: start - clock.origin)))
            let last = min(sampleCount, clock.sample(at: min(end, 1e12) - clock.origin))
            return first < last ? SampleRange(start: first, end: last) : nil
        }
        if let failure = clock.failure { throw IngestError(failure, file: source.name) }
        return ranges
    }

    private func numbers(_ path: String) throws(IngestError) -> [Double] {
        let column = try source.attempt { (file) throws(HDF5Error) in
            try HDF5Column(path, in: file)
        }
        try checkCount(column.count, path)
        return try source.attempt { (_) throws(HDF5Error) in try column.read(0..<column.count) }
    }

    private func words(_ path: String) throws(IngestError) -> [String] {
        guard try source.metadata(of: path).kind == .words else {
            return try numbers(path).map { number in
                guard let whole = Int(exactly: number) else { return "\(number)" }
                return names.indices.contains(whole) ? names[whole] : String(whole)
            }
        }
        let texts = try source.attempt { (file) throws(HDF5Error) in try file.texts(path) }
        try checkCount(texts.count, path)
        return try source.attempt { (_) throws(HDF5Error) in try texts.read(0..<texts.count) }
    }

    private func checkCount(_ count: Int, _ path: String) throws(IngestError) {
        guard count <= Self.eventLimit else {
            throw IngestError(
                .unsupported(feature: "a table of \(count, of: "event")"), at: source.location(path)
            )
        }
    }
}
