import EMGLive
import SeededRandom
import Testing

@Suite("Rows that wait for the disk")
struct RecordingQueueTests {
    @Test(arguments: 1...40 as ClosedRange<UInt64>)
    func `rows come out in order with their numbers, whatever found no room`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed, stream: "queue")
        let channels = 1 + generator.integer(below: 4)
        let capacity = 1 + generator.integer(below: 50)
        var queue = RecordingQueue(channelCount: channels, rowCapacity: capacity)
        // What waits by the words of the queue: numbers and the first value of each row.
        var waiting: [(sample: Int, value: Float)] = []
        var position = 0
        var value: Float = 0
        var piece = RecordingQueue.Piece()
        for _ in 0..<400 {
            switch generator.integer(below: 5) {
            case 0:
                let lost = generator.integer(below: 6)
                queue.skip(lost)
                position += lost
            case 1, 2:
                let most = generator.integer(below: 40)
                queue.take(atMost: most, into: &piece)
                let taken = waiting.prefix(most)
                #expect(piece.samples == taken.map(\.sample))
                #expect(piece.values.count == taken.count * channels)
                for (row, expected) in taken.enumerated() {
                    for channel in 0..<channels {
                        #expect(
                            piece.values[row * channels + channel]
                                == expected.value + Float(channel) / 8)
                    }
                }
                waiting.removeFirst(taken.count)
            default:
                let count = generator.integer(below: 30)
                var rows: [Float] = []
                let room = capacity - waiting.count
                for row in 0..<count {
                    value += 1
                    for channel in 0..<channels { rows.append(value + Float(channel) / 8) }
                    if row < room { waiting.append((position + row, value)) }
                }
                #expect(queue.append(rows.span) == max(0, count - room))
                position += count
            }
            #expect(queue.count == waiting.count && queue.position == position)
        }
        queue.removeAll()
        #expect(queue.count == 0)
    }
}
