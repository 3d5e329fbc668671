internal import Foundation
import PrintableText

/// Signals of a record that share a file: their samples follow each other frame by frame.
struct WFDBGroup: Sendable, Hashable {
    /// The file.
    let url: URL
    /// How samples are stored.
    let format: WFDBFormat
    /// The byte of the first frame.
    let byteOffset: Int
    /// The signals, by their place in the header.
    let signals: [Int]
    /// The samples of one frame, of all signals.
    let frameSamples: Int
    /// Where in a frame each signal of the header begins; 0 for signals of other files.
    let offsets: [Int]

    /// Groups the signals of a header by their files.
    static func groups(
        of header: WFDBHeader, in folder: WFDBFolder
    ) throws(IngestError) -> [WFDBGroup] {
        var names: [String] = []
        var members: [String: [Int]] = [:]
        for (number, signal) in header.signals.enumerated() {
            if members[signal.fileName] == nil { names.append(signal.fileName) }
            members[signal.fileName, default: []].append(number)
        }
        var groups: [WFDBGroup] = []
        for name in names {
            let signals = members[name] ?? []
            let first = header.signals[signals[0]]
            guard first.format != .none else {
                throw IngestError(
                    .noSamples(found: "signals that are only announced (format 0)"),
                    at: SourceLocation(
                        file: header.file, line: first.line, field: "format",
                        object: "signal \(signals[0] + 1)"))
            }
            var offsets = [Int](repeating: 0, count: header.signals.count)
            var samples = 0
            for number in signals {
                let signal = header.signals[number]
                guard signal.format == first.format, signal.byteOffset == first.byteOffset else {
                    throw IngestError(
                        .inconsistent(
                            expected: "format \(first.format.rawValue) from byte "
                                + "\(first.byteOffset) on, as other signals of \(name) have",
                            found: "format \(signal.format.rawValue) from byte "
                                + "\(signal.byteOffset) on"),
                        at: SourceLocation(
                            file: header.file, line: signal.line, field: "format",
                            object: "signal \(number + 1)"),
                        hint: "signals of one file are stored alike; the header is damaged")
                }
                offsets[number] = samples
                samples += signal.samplesPerFrame
            }
            guard samples <= 1 << 20 else {
                throw IngestError(
                    .unsupported(feature: "a frame of \(samples, of: "sample")"),
                    at: SourceLocation(file: header.file, line: first.line))
            }
            groups.append(
                WFDBGroup(
                    url: try folder.file(
                        name, line: first.line, title: "signal \(signals[0] + 1)"),
                    format: first.format, byteOffset: first.byteOffset, signals: signals,
                    frameSamples: samples, offsets: offsets))
        }
        return groups
    }

    /// The whole frames in a file of some bytes.
    func frameCount(inBytes count: Int) -> Int {
        format.sampleCount(inBytes: max(0, count - byteOffset)) / frameSamples
    }
}

/// The frames of one signal file, read from front to back.
final class WFDBFrames {
    /// What it reads.
    let group: WFDBGroup
    private let file: PositionedFile
    /// What differences add up to, for each sample of a frame that begins a signal.
    private var sums: [Int32]
    private let spans: [Range<Int>]

    /// The samples that are waiting, whole frames of them.
    private(set) var samples: [Int32] = []
    /// The frame that the first of ``samples`` belongs to.
    private(set) var firstFrame = 0

    init(_ group: WFDBGroup, of header: WFDBHeader) throws(IngestError) {
        self.group = group
        file = try PositionedFile(group.url)
        sums = group.signals.map { header.signals[$0].start }
        spans = group.signals.map { number in
            let start = group.offsets[number]
            return start..<start + header.signals[number].samplesPerFrame
        }
    }

    /// Makes frames available and drops those before them.
    ///
    /// - Parameter frames: Frames that the file has by its size; never before ``firstFrame``.
    /// - Throws: ``IngestError`` when they cannot be read.
    func load(_ frames: Range<Int>) throws(IngestError) {
        let width = group.frameSamples
        let dropped = min(frames.lowerBound - firstFrame, samples.count / width)
        samples.removeFirst(dropped * width)
        firstFrame += dropped
        let have = firstFrame + samples.count / width
        guard have < frames.upperBound else { return }
        let start = samples.count
        let first = have * width
        let count = (frames.upperBound - have) * width
        let block = group.format.block
        let skipped = first % block.samples
        let bytes = try file.bytes(
            at: group.byteOffset + first / block.samples * block.bytes,
            count: group.format.byteCount(ofSamples: skipped + count))
        group.format.unpack(bytes.span, skipping: skipped, count: count, into: &samples)
        if group.format == .differences8 { integrate(from: start) }
    }

    /// Adds differences up. Each signal has a sum of its own.
    private func integrate(from start: Int) {
        for frame in stride(from: start, to: samples.count, by: group.frameSamples) {
            for (signal, span) in spans.enumerated() {
                for index in span {
                    sums[signal] &+= samples[frame + index]
                    samples[frame + index] = sums[signal]
                }
            }
        }
    }

    /// The place of a sample, for messages.
    func place(ofSample index: Int, inFrame frame: Int, title: String) -> SourceLocation {
        let block = group.format.block
        let number = frame * group.frameSamples + index
        return SourceLocation(
            file: file.name,
            byte: group.byteOffset + number / block.samples * block.bytes, object: title)
    }
}
