import Decoding
import Testing

@Suite struct BandPlacementTests {
    private let channels = 8

    /// Amplitudes of windows, three movements at three places of the band, as somebody has them.
    private func windows(of person: Int) -> (amplitudes: [Double], labels: [UInt8]) {
        var rows: [Double] = []
        var labels: [UInt8] = []
        for window in 0..<30 {
            let label = window % 3
            for channel in 0..<channels {
                let place = [0, 2, 5][label]
                let distance = min(
                    (channel - place + 8) % channels, (place - channel + 8) % channels)
                let strength = label == 0 ? 1.0 : 1 + 9 / Double(1 + distance * distance)
                let wobble = 1 + 0.1 * Double((window * 7 + channel * 3 + person * 5) % 11) / 11
                rows.append(strength * wobble)
            }
            labels.append(UInt8(label))
        }
        return (rows, labels)
    }

    private func placed(_ sources: [Int]) -> BandPlacement {
        let reference = ClassReference(
            of: (0..<4).map(windows), channels: channels, classCount: 3)
        let (amplitudes, labels) = windows(of: 9)
        let rows = stride(from: 0, to: amplitudes.count, by: channels).flatMap { first in
            sources.map { amplitudes[first + $0] }
        }
        return BandPlacement(
            rows, labels: labels.map(Int.init), channelCount: channels, by: reference)
    }

    @Test func `a band as in the training is not called turned`() {
        #expect(placed(Array(0..<channels)) == .same)
    }

    @Test(arguments: 1..<8)
    func `a band that was put on turned is turned back by as many electrodes`(turn: Int) {
        #expect(placed((0..<channels).map { ($0 + turn) % channels }) == .turned(8 - turn))
    }

    @Test(arguments: [(2, 5), (1, 6)])
    func `two channels that have each other's place are named`(one: Int, other: Int) {
        var sources = Array(0..<channels)
        sources.swapAt(one, other)
        #expect(placed(sources) == .swapped(one, other))
    }
}
