import CSV
import EMGArchive
import EMGSignal
import Files
import Foundation

/// A table of windows as text: the columns `recording`, `start` and `label`, where a label is its
/// class's name, and behind them a column for each number.
struct CSVWindowFile {
    let head: WindowTableHead

    init(_ head: WindowTableHead) {
        self.head = head
    }

    /// Writes the file.
    ///
    /// - Throws: `ArchiveError` when it cannot be written.
    func write(to url: URL, _ rows: inout WindowRowSource) throws(ArchiveError) {
        try SequentialFile.write(to: url) { (file) throws(ArchiveError) in
            var text = firstLine
            let classes = head.classes.map { Array(CSVText.field($0).utf8) }
            let width = head.rowShape.reduce(1, *)
            while let batch = try rows.next() {
                let id = Array(
                    CSVText.field(head.recordings[batch.recording - head.firstRecording].id).utf8)
                for (index, start) in batch.starts.enumerated() {
                    text.append(contentsOf: id)
                    text.append(comma)
                    Self.append(start, to: &text)
                    text.append(comma)
                    let label = Int(batch.labels[index])
                    if label >= 0 { text.append(contentsOf: classes[label]) }
                    switch batch.values {
                    case .none: break
                    case .samples(let values):
                        for value in values[index * width..<(index + 1) * width] {
                            text.append(comma)
                            text.append(contentsOf: "\(value)".utf8)
                        }
                    case .features(let values):
                        for value in values[index * width..<(index + 1) * width] {
                            text.append(comma)
                            text.append(contentsOf: "\(value)".utf8)
                        }
                    }
                    text.append(newline)
                    if text.count > 1 << 20 {
                        try file.append(text)
                        text.removeAll(keepingCapacity: true)
                    }
                }
            }
            try file.append(text)
        }
    }

    /// The line of titles.
    var firstLine: [UInt8] {
        Array(CSVText.line(["recording", "start", "label"] + columns).utf8)
    }

    private var comma: UInt8 { UInt8(ascii: ",") }
    private var newline: UInt8 { UInt8(ascii: "\n") }

    /// `emg0.RMS` for features, `emg0[7]` for samples.
    private var columns: [String] {
        head.channels.flatMap { channel -> [String] in
            switch head.content {
            case .starts: return []
            case .samples: return (0..<head.length).map { "\(channel.name)[\($0)]" }
            case .features: return head.featureNames.map { "\(channel.name).\($0)" }
            }
        }
    }

    /// A number of at least 0 in decimal digits.
    private static func append(_ number: Int64, to text: inout [UInt8]) {
        let first = text.count
        var rest = number
        repeat {
            text.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
            rest /= 10
        } while rest > 0
        var (low, high) = (first, text.count - 1)
        while low < high {
            text.swapAt(low, high)
            low += 1
            high -= 1
        }
    }
}
