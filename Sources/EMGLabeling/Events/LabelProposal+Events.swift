package import EMGIngest
package import EMGSignal
private import EMGTasks

extension LabelProposal {
    /// The labels that a table of events gives a recording.
    ///
    /// Events become labels as they do when a recording is converted together with its events:
    /// one without a duration lasts until the next when none has one, of two that overlap the one
    /// that began last counts, what begins with `BAD` is left out of every window.
    ///
    /// - Parameters:
    ///   - table: The table.
    ///   - header: The recording.
    ///   - timeStamps: The time of each sample in seconds, where the source gave any.
    ///   - replaces: Whether what the table says nothing of loses the label that it has.
    /// - Returns: The labels, and what could not be used.
    /// - Throws: `IngestError` when the events lie outside the recording.
    package static func labels(
        of table: LabelTable, for header: RecordingHeader, timeStamps: [Double]?, replaces: Bool
    ) throws(IngestError) -> (proposal: LabelProposal, warnings: [IngestWarning]) {
        let clock = SampleClock(header, timeStamps: timeStamps)
        let location = SourceLocation(file: table.file)
        let events = try table.events(rate: header.samplingRate.hertz, seconds: clock.seconds)
        let made = EventLabels.make(
            events, sampleCount: header.sampleCount, sampleAt: clock.sample(at:), at: location)
        var intervals: [LabeledRange] = []
        if replaces, header.classNames != nil {
            let whole = SampleRange(start: 0, end: header.sampleCount)
            intervals.append(LabeledRange(whole, className: LabelTrack.unlabeledName))
        }
        for run in made.labels?.runs ?? [] {
            let name = made.labels?.classNames[Int(run.label)] ?? ""
            if name != LabelTrack.unlabeledName {
                intervals.append(LabeledRange(run.range, className: name))
            }
        }
        guard intervals.count <= LabeledRange.countLimit else {
            throw IngestError(
                .unsupported(feature: "a table of \(intervals.count) labels"), at: location,
                hint: "split it into tables of at most \(LabeledRange.countLimit)")
        }
        return (
            LabelProposal(intervals, excluded: made.bad.map(\.range), origin: table.file),
            table.warnings + made.warnings
        )
    }
}

/// Which sample of a recording is nearest to a time.
struct SampleClock: Sendable {
    private let count: Int
    private let rate: Double
    /// The time stamps of a recording with gaps, from 0; `nil` for an even clock.
    private let times: [Double]?

    init(_ header: RecordingHeader, timeStamps: [Double]?) {
        count = header.sampleCount
        rate = header.samplingRate.hertz
        let hasGaps = header.quality.contains { $0.kind == .gap }
        times = hasGaps ? timeStamps.map { stamps in stamps.map { $0 - stamps[0] } } : nil
    }

    /// The length of the recording, gaps included.
    var seconds: Double { (times?.last).map { $0 + 1 / rate } ?? Double(count) / rate }

    /// The sample nearest to a time in seconds from the first; outside the recording one that there
    /// would be.
    func sample(at time: Double) -> Int {
        let even = Int(min(max((time * rate).rounded(), -1e15), 1e15))
        guard let times, time > 0, let last = times.last, time <= last else {
            return times == nil || time <= 0
                ? even : count - 1 + Int(((time - (times?.last ?? 0)) * rate).rounded())
        }
        var (low, high) = (0, times.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if times[middle] < time { low = middle + 1 } else { high = middle }
        }
        return low > 0 && time - times[low - 1] < times[low] - time ? low - 1 : low
    }
}
