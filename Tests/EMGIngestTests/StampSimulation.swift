import Foundation
import SeededRandom

/// Time stamps of a recording whose rate, packets and gaps are known.
struct StampSimulation: CustomStringConvertible {
    /// The law that the packets' delays follow.
    enum Delay: CaseIterable { case normal, exponential, uniform }

    let hertz: Double
    let resolution: Double
    let packet: Int
    /// The standard deviation of delays, in packets.
    let jitter: Double
    let delay: Delay
    let isCut: Bool
    let origin: Double
    /// The first sample behind each gap and the samples missing there.
    let gaps: [(sample: Int, missing: Int)]
    let times: [Double]

    /// Draws one.
    ///
    /// A gap is at least as long as can be inferred from jitter (eight standard deviations) and
    /// rounding (two steps of the resolution), and the recording long enough that the levels on
    /// both sides of a gap are known to a third of a sample.
    init(hertz: Double, resolution: Double, seed: UInt64) {
        var random = SeededGenerator(seed: seed, stream: "stamps")
        self.hertz = hertz
        self.resolution = resolution
        packet = 1 + random.integer(below: 20)
        jitter = random.integer(below: 2) == 0 ? 0 : random.uniform(in: 0..<0.25)
        delay = Delay.allCases[random.integer(below: 3)]
        isCut = random.integer(below: 2) == 0
        origin = [0, 2.03, 1_651_400_000][random.integer(below: 3)]
        let deviation = hypot(jitter * Double(packet), 0.3 * resolution * hertz)
        let enough: Double = 60 * deviation * deviation * Double(packet)
        let count: Int = [Int(5 * hertz), 400 * packet, 5_000, 2_000 + Int(enough)].max() ?? 0
        let firstPart = random.integer(below: packet)
        let certain: Double = max(8 * jitter * Double(packet), 2 * resolution * hertz)
        let shortest = max(1, Int(certain.rounded(.up)))
        let places = random.shuffled(Array(1..<8)).prefix(random.integer(below: 4)).sorted()
        var gaps: [(sample: Int, missing: Int)] = []
        for place in places {
            let whole: Int = place * (count / 8) / packet * packet
            let first: Int = whole + (packet - firstPart) % packet
            gaps.append((first, shortest + random.integer(below: 10 * packet + 1)))
        }
        self.gaps = gaps
        var times: [Double] = []
        times.reserveCapacity(count)
        var (next, missing, stamp) = (0, 0, 0.0)
        for sample in 0..<count {
            if next < gaps.count, sample == gaps[next].sample {
                missing += gaps[next].missing
                next += 1
            }
            let place = (sample + firstPart) % packet
            if place == 0 || sample == 0 {
                let last = sample + packet - 1 - place + missing
                let late: Double = jitter * Double(packet) * Self.draw(delay, &random)
                stamp = origin + (Double(last) + late) / hertz
                let scale = (1 / resolution).rounded()
                let steps = isCut ? (stamp * scale).rounded(.down) : (stamp * scale).rounded()
                // As a program writes it: a decimal number, read again.
                stamp = steps / scale
            }
            times.append(stamp)
        }
        self.times = times
    }

    private static func draw(_ delay: Delay, _ random: inout SeededGenerator) -> Double {
        switch delay {
        case .normal: random.nearlyNormal()
        case .exponential: -log(1 - random.uniform())
        case .uniform: random.uniform(in: -3.0.squareRoot()..<3.0.squareRoot())
        }
    }

    var description: String {
        """
        \(hertz) Hz to \(resolution) s (cut: \(isCut), from \(origin)), packets of \(packet), \
        jitter \(jitter) (\(delay)), gaps \(gaps), \(times.count) samples
        """
    }
}
