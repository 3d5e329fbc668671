import EMGArchive
import EMGFeatures
import EMGSignal
private import Windowing

/// The rows of a table in order, made a batch at a time: one recording's signal is in memory.
struct WindowRowSource: WindowRowSequence {
    private let survey: WindowSurvey
    private let content: WindowTableHead.Content
    /// Which of the recordings.
    private let range: Range<Int>
    private let archive: RecordingArchive
    private let extraction: SlidingFeatures?
    private let threads: Int
    private let progress: (Int, Int) -> Void
    private var index: Int
    private var nextWindow = 0
    private var samples: SampleMatrix?

    init(
        _ survey: WindowSurvey, _ content: WindowTableHead.Content, _ range: Range<Int>,
        archive: RecordingArchive, features: SlidingFeatures?, threads: Int,
        progress: @escaping (Int, Int) -> Void
    ) {
        self.survey = survey
        self.content = content
        self.range = range
        index = range.lowerBound
        self.archive = archive
        extraction = features
        self.threads = threads
        self.progress = progress
    }

    /// The next rows; `nil` behind the last.
    ///
    /// - Throws: `ArchiveError` when a recording is damaged.
    mutating func next() throws(ArchiveError) -> WindowRows? {
        guard index < range.upperBound else { return nil }
        let member = survey.recordings[index]
        if samples == nil, content != .starts {
            samples = try archive.read(member.entry).samples.silencing(member.silenced)
        }
        let count = member.windows.count
        let step = WindowRows.step(
            count, content, width: (samples?.channelCount ?? 0) * member.layout.length)
        let windows = nextWindow..<min(nextWindow + step, count)
        let rows = WindowRows(
            recording: index, starts: member.windows.starts[windows].map { Int64($0) },
            labels: member.labels.isEmpty
                ? [Int16](repeating: -1, count: windows.count)
                : member.windows.labels[windows].map { member.labels[Int($0)] },
            values: values(of: member, windows))
        nextWindow = windows.upperBound
        if nextWindow >= count {
            index += 1
            nextWindow = 0
            samples = nil
            progress(index - range.lowerBound, range.count)
        }
        return rows
    }

    private func values(of member: WindowSurvey.Member, _ range: Range<Int>) -> WindowRows.Values {
        guard let samples else { return .none }
        if let extraction { return .features(features(of: member, samples, extraction)) }
        let gather = WindowGather(
            channelCount: samples.channelCount, windowLength: member.layout.length,
            order: .channelMajor)
        var values = [Float](repeating: 0, count: range.count * gather.width)
        var target = values.mutableSpan
        for (place, start) in member.windows.starts[range].enumerated() {
            var row = target._mutatingExtracting(place * gather.width..<(place + 1) * gather.width)
            gather.copy(start, of: samples.values.span, into: &row)
        }
        return .samples(values)
    }

    /// Each segment slides by itself; of its windows those count that the label rule keeps.
    private func features(
        of member: WindowSurvey.Member, _ samples: SampleMatrix, _ extraction: SlidingFeatures
    ) -> [Double] {
        let width = samples.channelCount * extraction.countPerChannel
        let starts = member.windows.starts
        var result: [Double] = []
        result.reserveCapacity(starts.count * width)
        var next = 0
        for range in member.segments {
            guard next < starts.count, starts[next] < range.end else { continue }
            let values = extraction.compute(
                samples.slice(range).values, channelCount: samples.channelCount,
                threads: threads)
            while next < starts.count, starts[next] < range.end {
                let row = (starts[next] - range.start) / extraction.stride
                result += values[row * width..<(row + 1) * width]
                next += 1
            }
        }
        return result
    }
}
