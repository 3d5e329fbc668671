import Decoding
import Synchronization

/// Keeps what is put out, for tests that look at it meanwhile or afterwards.
final class CollectingSink: DecisionSink, Sendable {
    private struct Contents {
        var json = DecisionJSON(classNames: StreamFixture.classes, hasStamps: false)
        var records: [DecisionRecord] = []
    }

    let name = "a test"
    let droppedCount = 0
    private let contents = Mutex(Contents())

    var records: [DecisionRecord] { contents.withLock { $0.records } }
    var causes: [DecisionRecord.Cause] { records.compactMap(\.cause) }

    /// The lines, without what was put out because nothing came in time: that is the machine's
    /// matter, not the stream's.
    var lines: String { contents.withLock { String(decoding: $0.json.bytes, as: UTF8.self) } }

    func put(_ record: DecisionRecord, _ probabilities: Span<Double>) {
        contents.withLock { contents in
            contents.records.append(record)
            guard record.cause != .stalled, record.cause != .waiting else { return }
            contents.json.append(record, probabilities)
        }
    }

    func flush() {}
    func close() {}
}
