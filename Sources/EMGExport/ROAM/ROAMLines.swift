internal import EMGFormats
internal import EMGSignal

/// The lines of a ROAM table.
struct ROAMLines {
    /// How many samples were not finite so far.
    private(set) var nonFiniteCount = 0

    private let channelCount: Int
    private let classes: [Int]
    private let rate: SamplingRate
    private let clock: ROAMClock?
    private var firstTime: Double?

    /// Whole numbers up to this are written without a point.
    private static let largestWhole: Float = 16_777_216

    init(_ header: RecordingHeader, classes: [Int]) {
        self.classes = classes
        channelCount = header.channels.count
        rate = header.samplingRate
        if case .text(let text)? = header.history.first?.parameters["first_current_time"] {
            clock = ROAMClock(digits: text.utf8)
        } else {
            clock = nil
        }
    }

    /// The first line; the name of the row index is empty.
    var header: String { ROAMTable.header(channelCount: channelCount) }

    /// The lines of some rows.
    mutating func bytes(_ block: borrowing RowBlock, firstRow: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        let rows = block.labels.count
        bytes.reserveCapacity(rows * (60 + 6 * channelCount))
        for index in 0..<rows {
            let row = firstRow + index
            let time =
                block.timeStamps.isEmpty
                ? rate.seconds(ofSamples: row) : block.timeStamps[index]
            if firstTime == nil { firstTime = time }
            bytes += Array("\(row),\(classes[Int(block.labels[index])]),\(time),".utf8)
            if let clock, let firstTime {
                let later = ((time - firstTime) * 1_000).rounded()
                if abs(later) < 1e15 { bytes += Array(clock.text(after: Int(later)).utf8) }
            }
            bytes += Array(",\(ROAMTable.noTask)".utf8)
            for channel in 0..<channelCount {
                bytes.append(UInt8(ascii: ","))
                append(block.samples[index * channelCount + channel], to: &bytes)
            }
            bytes.append(UInt8(ascii: "\n"))
        }
        return bytes
    }

    /// The shortest text that reads back as the same sample.
    private mutating func append(_ sample: Float, to bytes: inout [UInt8]) {
        if !sample.isFinite {
            nonFiniteCount += 1
            bytes += Array("nan".utf8)
        } else if abs(sample) <= Self.largestWhole, sample == sample.rounded() {
            bytes += Array(String(Int(sample)).utf8)
        } else {
            bytes += Array("\(sample)".utf8)
        }
    }
}
