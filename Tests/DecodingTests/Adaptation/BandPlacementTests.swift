import Decoding
import Foundation
import SeededRandom
import Testing

@Suite struct BandPlacementTests {
    private let channels = 8

    /// Amplitudes of windows, three movements at three places of the band, as somebody has them.
    private func windows(of person: Int) -> (amplitudes: [Double], labels: [UInt8]) {
        var generator = SeededGenerator(seed: UInt64(person), stream: "band")
        let gains = (0..<channels).map { _ in exp(0.2 * generator.nearlyNormal()) }
        var rows: [Double] = []
        var labels: [UInt8] = []
        for window in 0..<60 {
            let label = window % 3
            for channel in 0..<channels {
                let place = [0, 2, 5][label]
                let distance = min(
                    (channel - place + 8) % channels, (place - channel + 8) % channels)
                let strength =
                    label == 0 ? 1 : 1 + 9 * exp(-Double(distance * distance) / 1.5)
                rows.append(gains[channel] * strength * exp(0.2 * generator.nearlyNormal()))
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

    @Test(arguments: 2...6)
    func `a band that was put on turned is turned back by about as many electrodes`(
        turn: Int
    ) throws {
        let placement = placed((0..<channels).map { ($0 + turn) % channels })
        guard case .turned(let back) = placement else {
            Issue.record("\(placement)")
            return
        }
        #expect(abs(back - (8 - turn)) <= 1)
    }

    @Test func `two channels that have each other's place are named`() {
        var sources = Array(0..<channels)
        sources.swapAt(2, 5)
        #expect(placed(sources) == .swapped(2, 5))
    }
}
