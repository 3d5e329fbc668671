internal import EMGSignal
internal import Foundation
import PrintableText

/// The rows of files of the Myo armband, one file after another.
final class MyoStream: RecordingStream {
    let metadata: StreamMetadata

    private let files: [URL]
    private var reader: SourceFileReader?
    private var next = 0
    private var label: UInt8 = 0
    private var rowCount = 0
    private var cuts: [Int] = []
    private let hasLabels: Bool

    init(_ files: [URL], options: ReadOptions) throws(IngestError) {
        self.files = files
        var rows = 0
        for file in files { rows += try Self.rowCount(of: file) }
        guard rows > 0 else {
            throw IngestError(
                .noSamples(found: files.count == 1 ? "the file is empty" : "all files are empty"),
                at: SourceLocation(file: files[0].relativePath))
        }
        let numbers = files.map { MyoReader.number(of: $0.lastPathComponent) }
        hasLabels = !numbers.contains(nil)
        let rate: SamplingRate
        do throws(SignalError) {
            rate = try SamplingRate(hertz: 200)
        } catch {
            throw IngestError(
                .unknownRate(reason: error.description),
                at: SourceLocation(file: files[0].relativePath))
        }
        var details: [String: ProcessingStep.Value] = [:]
        if files.count > 1 {
            details["pieces"] = .list(files.map { .text($0.lastPathComponent) })
            details["cycles"] = .list(
                numbers.map { .integer(($0 ?? 0) / MyoReader.classNames.count) })
        }
        metadata = StreamMetadata(
            channels: (0..<MyoReader.channelCount).map {
                Channel(name: "emg\($0)", unit: options.unit)
            },
            rate: .assumed(rate, because: "the armband has one rate"),
            labels: hasLabels ? .classes(MyoReader.classNames) : .none, sampleCount: rows,
            details: details)
    }

    func read(into block: inout RowBlock, atMost: Int) throws(IngestError) -> Bool {
        var left = atMost
        while left > 0 {
            if reader == nil {
                guard next < files.count else { break }
                try openFile()
            }
            guard let now = reader.take() else { break }
            let bytes = try now.next(min(left, 1 << 14) * MyoReader.bytesPerSample)
            guard !bytes.isEmpty else { continue }
            let rows = bytes.count / MyoReader.bytesPerSample
            guard rows * MyoReader.bytesPerSample == bytes.count else {
                throw IngestError(
                    .unreadable(reason: "it changed while it was read"),
                    at: SourceLocation(file: files[next - 1].relativePath))
            }
            bytes.forEachInt16 { block.samples.append(Float($0)) }
            if hasLabels { block.labels.append(contentsOf: repeatElement(label, count: rows)) }
            rowCount += rows
            left -= rows
            reader = consume now
        }
        return left < atMost
    }

    func finish() throws(IngestError) -> StreamNotes {
        StreamNotes(
            quality: cuts.map {
                QualityInterval(
                    range: SampleRange(start: $0, end: $0 + 1), channel: nil, kind: .gap)
            })
    }

    private func openFile() throws(IngestError) {
        let file = files[next]
        let number = MyoReader.number(of: file.lastPathComponent) ?? 0
        label = UInt8(number % MyoReader.classNames.count)
        // Files were recorded one by one: nothing may reach across.
        if rowCount > 0, cuts.last != rowCount { cuts.append(rowCount) }
        next += 1
        reader = try SourceFileReader(file)
    }

    /// The rows of a file, which must be whole.
    private static func rowCount(of file: URL) throws(IngestError) -> Int {
        let count = try SourceFileReader(file).byteCount
        let rest = count % MyoReader.bytesPerSample
        guard rest == 0 else {
            throw IngestError(
                .inconsistent(
                    expected: "whole samples of \(MyoReader.channelCount) 16-bit channels",
                    found: rest % 2 == 0
                        ? "\(rest / 2) of \(MyoReader.channelCount, of: "channel") in the last one"
                        : "\(count, of: "byte")"),
                at: SourceLocation(file: file.relativePath, byte: count - rest),
                hint: "the file was cut off, or is no recording of the armband")
        }
        return count / MyoReader.bytesPerSample
    }
}

extension Data {
    /// Its 16-bit little-endian numbers in order.
    fileprivate func forEachInt16(_ body: (Int16) -> Void) {
        var index = startIndex
        while index + 1 < endIndex {
            body(Int16(bitPattern: UInt16(self[index]) | UInt16(self[index + 1]) << 8))
            index += 2
        }
    }
}
