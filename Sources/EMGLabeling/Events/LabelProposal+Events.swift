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
        let clock = SampleClock(header, timeStamps: table.countsSamples ? nil : timeStamps)
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
