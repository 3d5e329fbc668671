import Foundation
import MyoTask

/// Reads the log files of our amplifier: a head of `key: value` lines, `---`, then a line a sample
/// with the numbers of all channels and the gesture.
///
///     LABLOG 1
///     subject: P07
///     session: 2024-03-01
///     task: grasp
///     rate_hz: 1000
///     unit: uV
///     channels: FCR ECR BIC
///     ---
///     12.5 -3.25 0.5 rest
struct LabLogReader: RecordingReader {
    let formatName = "lablog"
    let summary = "logs of our amplifier: a head, then a line a sample"

    func recognizes(content prefix: [UInt8]) -> Bool { prefix.starts(with: Array("LABLOG 1".utf8)) }

    /// The head says who, when and what; what the user says counts more.
    func identity(of url: URL, options: ReadOptions) throws(IngestError) -> SourceIdentity {
        let log = try LabLog(url)
        var who = options.identity
        who.patient = who.patient ?? log.head["subject"]
        who.session = who.session ?? log.head["session"]
        who.condition = who.condition ?? log.head["task"]
        return try SourceIdentity(of: url, override: who)
    }

    func open(_ url: URL, options: ReadOptions) throws(IngestError) -> [any RecordingStream] {
        [try LabLogStream(LabLog(url))]
    }
}

/// A log, taken apart into its head and its lines.
private struct LabLog {
    let file: String
    var head: [String: String] = [:]
    /// The samples' lines with their numbers in the file.
    var rows: [(line: Int, text: Substring)] = []

    init(_ url: URL) throws(IngestError) {
        file = url.relativePath
        guard let data = try? Data(contentsOf: url), let text = String(data: data, encoding: .utf8)
        else {
            throw IngestError(
                .unreadable(reason: "it is no text in UTF-8"), at: SourceLocation(file: file))
        }
        var isHead = true
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false)
            .enumerated() where index > 0 && !line.isEmpty
        {
            if line == "---" {
                isHead = false
            } else if isHead {
                let parts = line.split(separator: ":", maxSplits: 1)
                guard parts.count == 2 else {
                    throw IngestError(
                        .malformed(expected: "key: value", found: String(line)),
                        at: SourceLocation(file: file, line: index + 1))
                }
                head[String(parts[0])] = parts[1].trimmingCharacters(in: .whitespaces)
            } else {
                rows.append((index + 1, line))
            }
        }
    }

    func value(_ key: String) throws(IngestError) -> String {
        guard let value = head[key] else {
            throw IngestError(
                .malformed(expected: "\(key) in the head", found: "none"),
                at: SourceLocation(file: file))
        }
        return value
    }
}

/// The rows of a log, one after the other.
private final class LabLogStream: RecordingStream {
    let metadata: StreamMetadata
    private let log: LabLog
    private var classes: [String] = []
    private var next = 0

    init(_ log: LabLog) throws(IngestError) {
        self.log = log
        let unit = try log.value("unit")
        let rate: SamplingRate
        let hertz = try log.value("rate_hz")
        do throws(SignalError) {
            rate = try SamplingRate(hertz: Double(hertz) ?? .nan)
        } catch {
            throw IngestError(
                .unknownRate(reason: "\(error)"), at: SourceLocation(file: log.file))
        }
        metadata = StreamMetadata(
            channels: try log.value("channels").split(separator: " ").map {
                Channel(name: String($0), unit: unit)
            },
            rate: .declared(rate, by: "rate_hz"), labels: .knownAtEnd, sampleCount: log.rows.count)
    }

    func read(into block: inout RowBlock, atMost: Int) throws(IngestError) -> Bool {
        let end = min(next + atMost, log.rows.count)
        for (line, text) in log.rows[next..<end] {
            let cells = text.split(separator: " ")
            let numbers = cells.dropLast().compactMap { Float($0) }
            guard numbers.count == metadata.channels.count, cells.count == numbers.count + 1 else {
                throw IngestError(
                    .malformed(
                        expected: "\(metadata.channels.count) numbers and a gesture",
                        found: String(text)),
                    at: SourceLocation(file: log.file, line: line))
            }
            block.samples += numbers
            guard let label = label(of: String(cells[numbers.count])) else {
                throw IngestError(
                    .unsupported(feature: "more than 255 gestures"),
                    at: SourceLocation(file: log.file, line: line))
            }
            block.labels.append(label)
        }
        defer { next = end }
        return end > next
    }

    func finish() -> StreamNotes { StreamNotes(classNames: classes) }

    private func label(of name: String) -> UInt8? {
        if !classes.contains(name) { classes.append(name) }
        return classes.firstIndex(of: name).flatMap { UInt8(exactly: $0) }
    }
}
