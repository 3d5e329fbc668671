internal import EMGSignal

/// A stream whose labels last at least some rows: a shorter one is a line that bounced, or one of
/// several lines that changed before the others, and the label before it goes on.
///
/// Rows are held back until their label is known, at most as many as the shortest label lasts.
final class SteadyLabels: RecordingStream {
    let metadata: StreamMetadata
    private let base: any RecordingStream
    private let shortest: Int
    /// Rows whose labels are not known yet are the last ones of it.
    private var held = RowBlock()
    /// How many of the held rows may go.
    private var released = 0
    /// The label that goes on; `nil` before the first that lasts.
    private var steady: UInt8?
    private var hasEnded = false
    private var used: Set<UInt8> = []
    private var short = 0

    /// - Parameters:
    ///   - base: The stream; read by nobody else.
    ///   - shortest: How many rows a label lasts, at least 1.
    init(_ base: any RecordingStream, shortest: Int) {
        self.base = base
        self.shortest = shortest
        metadata = base.metadata
    }

    func read(into block: inout RowBlock, atMost: Int) throws(IngestError) -> Bool {
        while released == 0, !hasEnded {
            hasEnded = !(try base.read(into: &held, atMost: max(atMost, shortest)))
            settle()
        }
        let count = min(atMost, released)
        guard count > 0 else { return false }
        move(count, to: &block)
        released -= count
        return true
    }

    func finish() throws(IngestError) -> StreamNotes {
        var notes = try base.finish()
        if let names = notes.classNames {
            // Classes that only labels too short to count had are none.
            let map = notes.labelMap ?? names.indices.map { UInt8($0) }
            let kept = Set(used.map { map[Int($0)] }).sorted()
            notes.classNames = kept.map { names[Int($0)] }
            notes.labelMap = map.map { old in
                UInt8(kept.firstIndex(of: old) ?? 0)
            }
        }
        if short > 0 { notes.details["labels_too_short"] = .integer(short) }
        return notes
    }

    /// Decides the labels of held rows as far as they are known.
    private func settle() {
        while released < held.labels.count {
            let label = held.labels[released]
            var end = released
            while end < held.labels.count, held.labels[end] == label { end += 1 }
            let isWhole = end < held.labels.count || hasEnded
            if label == steady || end - released >= shortest {
                steady = label
            } else if !isWhole {
                return
            } else if let steady {
                short += 1
                for row in released..<end { held.labels[row] = steady }
            } else if end == held.labels.count {
                // Nothing ever lasted.
                steady = label
            } else {
                // What comes before the first label that lasts belongs to it.
                short += 1
                let next = held.labels[end]
                for row in released..<end { held.labels[row] = next }
                continue
            }
            used.insert(held.labels[released])
            released = end
        }
    }

    private func move(_ count: Int, to block: inout RowBlock) {
        let width = metadata.channels.count
        block.samples += held.samples.prefix(count * width)
        held.samples.removeFirst(count * width)
        block.labels += held.labels.prefix(count)
        held.labels.removeFirst(count)
        if metadata.hasTimeStamps {
            block.timeStamps += held.timeStamps.prefix(count)
            held.timeStamps.removeFirst(count)
        }
        let targets = metadata.targets.width
        if targets > 0 {
            block.targets += held.targets.prefix(count * targets)
            held.targets.removeFirst(count * targets)
        }
    }
}
