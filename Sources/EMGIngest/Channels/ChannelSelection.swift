internal import EMGSignal

/// Some channels of a stream, as a stream of their own.
final class ChannelSelection: RecordingStream {
    let metadata: StreamMetadata
    private let base: any RecordingStream
    private let members: [Int]
    private var block = RowBlock()

    /// Selects channels.
    ///
    /// - Parameters:
    ///   - base: The stream; read by nobody else.
    ///   - members: The channels' places, in order.
    ///   - part: The name of the part; `nil` for the main one.
    ///   - warnings: More to say.
    init(
        _ base: any RecordingStream, members: [Int], part: String?, warnings: [IngestWarning] = []
    ) {
        self.base = base
        self.members = members
        var metadata = base.metadata
        metadata.part = part
        metadata.channels = members.map { base.metadata.channels[$0] }
        metadata.scaling = base.metadata.scaling.map { scaling in
            ADCScaling(
                scale: members.map { scaling.scale[$0] },
                offset: members.map { scaling.offset[$0] })
        }
        metadata.warnings += warnings
        self.metadata = metadata
    }

    func read(into block: inout RowBlock, atMost: Int) throws(IngestError) -> Bool {
        self.block.removeAll()
        let isMore = try base.read(into: &self.block, atMost: atMost)
        let width = base.metadata.channels.count
        for start in stride(from: 0, to: self.block.samples.count, by: width) {
            for member in members { block.samples.append(self.block.samples[start + member]) }
        }
        block.labels += self.block.labels
        block.timeStamps += self.block.timeStamps
        block.targets += self.block.targets
        return isMore
    }

    func finish() throws(IngestError) -> StreamNotes {
        var notes = try base.finish()
        notes.quality = notes.quality.compactMap { interval in
            guard let channel = interval.channel else { return interval }
            return members.firstIndex(of: channel).map { place in
                QualityInterval(range: interval.range, channel: place, kind: interval.kind)
            }
        }
        return notes
    }

    /// The streams of a source whose channels have names: those that are no EMG by their names
    /// are a part of their own.
    ///
    /// - Parameters:
    ///   - selection: The parts that are wanted.
    ///   - location: Where the channels are.
    ///   - open: Opens the stream of all channels; asked once for each part.
    /// - Returns: At least one stream, the main part first.
    /// - Throws: ``IngestError`` of `open`.
    static func streams(
        _ selection: ReadOptions.PartSelection, at location: SourceLocation,
        open: () throws(IngestError) -> any RecordingStream
    ) throws(IngestError) -> [any RecordingStream] {
        let whole = try open()
        let channels = whole.metadata.channels.map(\.name)
        let split = ChannelKind.split(channels.map { ChannelKind(named: $0) })
        guard !split.others.isEmpty else { return [whole] }
        let part = whole.metadata.part
        let others = part.map { "\($0).\(ChannelKind.othersName)" } ?? ChannelKind.othersName
        switch selection {
        case .named(others):
            return [ChannelSelection(whole, members: split.others, part: others)]
        case .all:
            return [
                ChannelSelection(whole, members: split.main, part: part),
                ChannelSelection(try open(), members: split.others, part: others),
            ]
        case .main, .named:
            let leftOut = ChannelKind.leftOut(
                split.others.map { channels[$0] }, part: others, at: location)
            return [
                ChannelSelection(whole, members: split.main, part: part, warnings: [leftOut])
            ]
        }
    }
}
