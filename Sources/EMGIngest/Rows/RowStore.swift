package import EMGSignal
package import Foundation
private import Synchronization

/// The rows of a recording while it is taken in: in memory up to a budget, beyond it in files
/// without a name.
///
/// Rows are appended first; from the first read on nothing may be appended.
package final class RowStore: RecordingRows, SampleBlocks, Sendable {
    /// How many runs of labels are kept: labels that change more often follow no protocol.
    private static let mostRuns = 1 << 20
    /// How many bytes of rows are gathered before they go to a file.
    private static let pieceBytes = 1 << 20

    /// The number of channels.
    package let channelCount: Int
    private let hasLabels: Bool
    private let hasTimeStamps: Bool
    private let targetWidth: Int
    private let folder: URL
    private let state: Mutex<State>

    private struct State: Sendable {
        var count = 0
        /// What is not in the files: all of it when there are none.
        var rows = RowBlock()
        /// How many bytes of rows may be in memory before they go to the files.
        var limit: Int
        /// How many rows are in the files.
        var spooled = 0
        var samples: SpoolFile?
        var labels: SpoolFile?
        var timeStamps: SpoolFile?
        var targets: SpoolFile?
        var runs: [LabelTrack.Run] = []
        var hasTooManyRuns = false
        var map: [UInt8]?
        var patches = SamplePatches()
    }

    /// Creates an empty store.
    ///
    /// - Parameters:
    ///   - channelCount: At least 1.
    ///   - parts: What rows have besides samples and targets.
    ///   - targetWidth: How many targets a row has.
    ///   - budget: How many bytes of rows stay in memory.
    ///   - folder: Where what is beyond the budget is kept.
    package init(
        channelCount: Int, with parts: Parts, targetWidth: Int = 0, budget: Int,
        folder: URL
    ) {
        self.channelCount = channelCount
        hasLabels = parts.contains(.labels)
        hasTimeStamps = parts.contains(.timeStamps)
        self.targetWidth = targetWidth
        self.folder = folder
        state = Mutex(State(limit: budget))
    }

    /// The number of rows.
    package var sampleCount: Int { state.withLock { $0.count } }

    /// Makes room for rows that are going to come. More than the budget has room for go to files
    /// from the first on.
    package func reserve(_ rows: Int) {
        state.withLock { state in
            guard rows <= state.limit / bytesPerRow else {
                state.limit = min(state.limit, Self.pieceBytes)
                return
            }
            state.rows.samples.reserveCapacity(rows * channelCount)
            if hasLabels { state.rows.labels.reserveCapacity(rows) }
            if hasTimeStamps { state.rows.timeStamps.reserveCapacity(rows) }
            state.rows.targets.reserveCapacity(rows * targetWidth)
        }
    }

    /// Appends rows.
    ///
    /// - Parameter block: Samples, and as many labels and time stamps as the store has.
    /// - Throws: ``IngestError`` when the disk is full or fails.
    package func append(_ block: borrowing RowBlock) throws(IngestError) {
        let added = block.samples.count / channelCount
        precondition(
            block.samples.count == added * channelCount
                && block.labels.count == (hasLabels ? added : 0)
                && block.timeStamps.count == (hasTimeStamps ? added : 0)
                && block.targets.count == added * targetWidth,
            "a block has whole rows, with labels, time stamps and targets as the store")
        try state.withLock { (state) throws(IngestError) in
            state.rows.samples.append(contentsOf: block.samples)
            state.rows.labels.append(contentsOf: block.labels)
            state.rows.timeStamps.append(contentsOf: block.timeStamps)
            state.rows.targets.append(contentsOf: block.targets)
            Self.note(block.labels, from: state.count, in: &state)
            state.count += added
            if (state.count - state.spooled) * bytesPerRow > state.limit { try spool(&state) }
        }
    }

    /// Says what labels become when they are read.
    package func setLabelMap(_ map: [UInt8]?) {
        state.withLock { $0.map = map }
    }

    /// Says which samples are read as other values than were appended.
    func setPatches(_ patches: SamplePatches) {
        state.withLock { $0.patches = patches }
    }

    /// The segments of equal label, in order, with their final values; `nil` when there are no
    /// labels or far too many segments.
    package var labelRuns: [LabelTrack.Run]? {
        guard hasLabels else { return nil }
        return state.withLock { state in
            guard !state.hasTooManyRuns else { return nil }
            guard let map = state.map else { return state.runs }
            return state.runs.map {
                LabelTrack.Run(label: map[Int($0.label)], range: $0.range)
            }
        }
    }

    // MARK: - Reading

    package func read(_ range: SampleRange, into block: inout RowBlock) throws(IngestError) {
        try readSamples(range, into: &block.samples)
        try readLabels(range, into: &block.labels)
        if hasTimeStamps {
            try readTimes(range, into: &block.timeStamps)
        } else {
            block.timeStamps.removeAll(keepingCapacity: true)
        }
        try readTargets(range, into: &block.targets)
    }

    package func readSamples(
        _ range: SampleRange, into buffer: inout [Float]
    ) throws(IngestError) {
        let width = channelCount
        let patches = try state.withLock { (state) throws(IngestError) in
            if let file = state.samples {
                try file.read(
                    range.count * width, at: range.start * width, into: &buffer, zero: 0)
            } else {
                buffer.removeAll(keepingCapacity: true)
                buffer.append(
                    contentsOf: state.rows.samples[range.start * width..<range.end * width])
            }
            return state.patches
        }
        patches.apply(to: &buffer, from: range, channelCount: width)
    }

    private func readLabels(
        _ range: SampleRange, into buffer: inout [UInt8]
    ) throws(IngestError) {
        buffer.removeAll(keepingCapacity: true)
        guard hasLabels else { return }
        let map = try state.withLock { (state) throws(IngestError) in
            if let file = state.labels {
                try file.read(range.count, at: range.start, into: &buffer, zero: 0)
            } else {
                buffer.append(contentsOf: state.rows.labels[range.indices])
            }
            return state.map
        }
        guard let map else { return }
        for index in buffer.indices { buffer[index] = map[Int(buffer[index])] }
    }

    private func readTimes(
        _ range: SampleRange, into buffer: inout [Double]
    ) throws(IngestError) {
        try state.withLock { (state) throws(IngestError) in
            if let file = state.timeStamps {
                try file.read(range.count, at: range.start, into: &buffer, zero: 0)
            } else {
                buffer.removeAll(keepingCapacity: true)
                buffer.append(contentsOf: state.rows.timeStamps[range.indices])
            }
        }
    }

    private func readTargets(
        _ range: SampleRange, into buffer: inout [Float]
    ) throws(IngestError) {
        let width = targetWidth
        buffer.removeAll(keepingCapacity: true)
        guard width > 0 else { return }
        try state.withLock { (state) throws(IngestError) in
            if let file = state.targets {
                try file.read(
                    range.count * width, at: range.start * width, into: &buffer, zero: 0)
            } else {
                buffer.append(
                    contentsOf: state.rows.targets[range.start * width..<range.end * width])
            }
        }
    }

    /// The time stamps alone.
    package var times: Times { Times(store: self) }

    /// The time stamps of a store.
    package struct Times: TimeBlocks {
        fileprivate let store: RowStore

        package var count: Int { store.hasTimeStamps ? store.sampleCount : 0 }

        package func readTimes(
            _ range: SampleRange, into buffer: inout [Double]
        ) throws(IngestError) {
            try store.readTimes(range, into: &buffer)
        }
    }

    /// Takes the rows out when all of them are in memory; the store is empty then.
    func takeRows() -> RowBlock? {
        state.withLock { state in
            guard state.samples == nil else { return nil }
            var rows = RowBlock()
            swap(&rows, &state.rows)
            if let map = state.map {
                for index in rows.labels.indices {
                    rows.labels[index] = map[Int(rows.labels[index])]
                }
            }
            let all = SampleRange(start: 0, end: state.count)
            state.patches.apply(to: &rows.samples, from: all, channelCount: channelCount)
            state.count = 0
            return rows
        }
    }

    // MARK: - Keeping

    private var bytesPerRow: Int {
        (channelCount + targetWidth) * MemoryLayout<Float>.stride + (hasLabels ? 1 : 0)
            + (hasTimeStamps ? MemoryLayout<Double>.stride : 0)
    }

    /// Moves what is in memory into the files. From then on every piece goes there.
    private func spool(_ state: inout State) throws(IngestError) {
        if state.samples == nil {
            state.samples = try SpoolFile(in: folder)
            if hasLabels { state.labels = try SpoolFile(in: folder) }
            if hasTimeStamps { state.timeStamps = try SpoolFile(in: folder) }
            if targetWidth > 0 { state.targets = try SpoolFile(in: folder) }
            state.limit = min(state.limit, Self.pieceBytes)
        }
        try state.samples?.write(state.rows.samples[...], at: state.spooled * channelCount)
        try state.labels?.write(state.rows.labels[...], at: state.spooled)
        try state.timeStamps?.write(state.rows.timeStamps[...], at: state.spooled)
        try state.targets?.write(state.rows.targets[...], at: state.spooled * targetWidth)
        state.spooled = state.count
        // The first time that is as much as the budget, which is of use to others now.
        state.rows = RowBlock()
    }

    /// Writes what is still in memory behind what is in the files; asked once, after the last row.
    package func seal() throws(IngestError) {
        try state.withLock { (state) throws(IngestError) in
            guard state.samples != nil else { return }
            try spool(&state)
            state.rows = RowBlock()
        }
    }

    private static func note(_ labels: [UInt8], from start: Int, in state: inout State) {
        guard !state.hasTooManyRuns else { return }
        var index = 0
        while index < labels.count {
            let label = labels[index]
            var end = index + 1
            while end < labels.count, labels[end] == label { end += 1 }
            let range = SampleRange(start: start + index, end: start + end)
            if let last = state.runs.last, last.label == label, last.range.end == range.start {
                state.runs[state.runs.count - 1] = LabelTrack.Run(
                    label: label, range: SampleRange(start: last.range.start, end: range.end))
            } else if state.runs.count < mostRuns {
                state.runs.append(LabelTrack.Run(label: label, range: range))
            } else {
                state.hasTooManyRuns = true
                state.runs = []
                return
            }
            index = end
        }
    }
}
