import Documents
import SeededRandom
import TaskDraws
import Testing

@Suite("What was drawn for a task")
struct TaskDrawTests {
    /// Samples whose value says their place: row 10, channel 3 is 10.3.
    private func samples(_ count: Int, channels: Int) -> [Float] {
        (0..<count * channels).map { Float($0 / channels) + Float($0 % channels) / 10 }
    }

    @Test(
        "a whole turn moves each channel's signal round the ring, whatever circumferences are in it",
        arguments: [0.0, 1, 3, 7, 8, 11, -1, -3, -19])
    func wholeTurns(turn: Double) {
        var draw = TaskDraw()
        draw.turn = turn
        let (count, channels) = (5, 8)
        let varied = draw.varied(
            samples(count, channels: channels), channelCount: channels, columnCount: channels)
        for sample in 0..<count {
            for channel in 0..<channels {
                let source = ((channel + Int(turn)) % channels + channels) % channels
                #expect(
                    varied[sample * channels + channel] == Float(sample) + Float(source) / 10)
            }
        }
    }

    @Test(
        "between two electrodes a channel has their linear interpolation",
        arguments: [0.25, 1.5, 7.75, -0.25, -2.5])
    func fractionalTurns(turn: Double) {
        var draw = TaskDraw()
        draw.turn = turn
        let ring: [Float] = [0, 1, 4, 9, 16, 25, 36, 49]
        let varied = draw.varied(ring, channelCount: 8, columnCount: 8)
        for channel in 0..<8 {
            let place = Double(channel) + turn
            let low = place.rounded(.down)
            let share = Float(place - low)
            let (near, far) = ((Int(low) + 16) % 8, (Int(low) + 17) % 8)
            let expected = (1 - share) * ring[near] + share * ring[far]
            #expect(abs(varied[channel] - expected) < 1e-5)
        }
    }

    @Test("a grid is turned along its columns, each row by itself")
    func grids() {
        var draw = TaskDraw()
        draw.turn = 1
        // Two rows of three columns.
        #expect(
            draw.varied([0, 1, 2, 10, 11, 12], channelCount: 6, columnCount: 3)
                == [1, 2, 0, 11, 12, 10])
    }

    @Test("channels are turned, then exchanged, then multiplied, then silenced")
    func order() {
        var draw = TaskDraw()
        draw.turn = 1
        draw.order = [1, 0, 2, 3]
        draw.gains = [2, 3, 1, 5]
        draw.silent = [2]
        // Turned: 2 3 4 1; exchanged: 3 2 4 1.
        #expect(draw.varied([1, 2, 3, 4], channelCount: 4, columnCount: 4) == [6, 6, 0, 5])
    }

    @Test("a sample that is no number stays in the channel that it is turned to")
    func nonFinite() {
        var draw = TaskDraw()
        draw.turn = 1
        draw.silent = [1]
        let varied = draw.varied([.nan, 1, 2, 3], channelCount: 4, columnCount: 4)
        #expect(varied[3].isNaN && varied[0] == 1 && varied[1] == 0 && varied[2] == 3)
    }

    @Test("relabeled windows have their own classes again by the inverse")
    func labels() {
        var draw = TaskDraw()
        draw.labels = [2, 0, 1]
        #expect(draw.relabeled([0, 1, 2, 0]) == [2, 0, 1, 2])
        #expect(draw.trueClasses([2, 0, 1, 2]) == [0, 1, 2, 0])
    }

    @Test("the support is what was drawn of it, without the classes that are missing")
    func support() {
        var draw = TaskDraw()
        let labels: [UInt8] = [0, 0, 1, 1, 2]
        #expect(draw.supportPlaces(of: labels) == [0, 1, 2, 3, 4] && !draw.limitsSupport)
        draw.support = [1, 3, 4]
        #expect(draw.supportPlaces(of: labels) == [1, 3, 4])
        draw.missing = [1]
        #expect(draw.supportPlaces(of: labels) == [1, 4] && draw.limitsSupport)
    }

    @Test("a draw that is written is read back, and nothing is written of what is not varied")
    func documents() throws {
        #expect(TaskDraw().document.json(.compact) == "{}")
        var draw = TaskDraw()
        draw.turn = -2.25
        draw.order = [1, 0]
        draw.gains = [0.9, 1.1]
        draw.silent = [1]
        draw.labels = [1, 0]
        draw.missing = [0]
        draw.support = [3, 5]
        let document = try Document(json: draw.document.json(.compact).utf8, name: "draw")
        #expect(try TaskDraw(document.cursor) == draw)
        #expect(draw.fits(channelCount: 2, classCount: 2))
        #expect(draw.ofChannels.labels.isEmpty && draw.ofChannels.support.isEmpty)
    }

    @Test("a draw of other channels or classes does not fit")
    func fitting() {
        let changes: [(inout TaskDraw) -> Void] = [
            { $0.order = [0, 0] }, { $0.order = [0, 1, 2] }, { $0.gains = [1] },
            { $0.silent = [2] }, { $0.labels = [0, 2] }, { $0.missing = [2] },
            { $0.support = [4, 4] },
        ]
        for change in changes {
            var draw = TaskDraw()
            change(&draw)
            #expect(!draw.fits(channelCount: 2, classCount: 2))
        }
    }
}
