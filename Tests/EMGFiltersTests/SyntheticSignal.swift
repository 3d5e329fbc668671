import Foundation

/// The input of the golden cases: the same numbers as `synthetic` in `Golden/make_golden.py`.
enum SyntheticSignal {
    /// Row-major samples: bursts of noise, hum at 50 Hz and an offset a channel.
    static func rows(count: Int, channels: Int, rate: Int) -> [Double] {
        var state: UInt64 = 12_345
        var values: [Double] = []
        values.reserveCapacity(count * channels)
        for sample in 0..<count {
            for channel in 0..<channels {
                state = (1_664_525 * state + 1_013_904_223) % (1 << 32)
                let noise = Double(state) / 4_294_967_296 - 0.5
                let hum = sin(2 * Double.pi * Double(50 * sample % rate) / Double(rate))
                let burst = sample / 400 % 2 == 1 ? 1 : 0.25
                values.append(200 * burst * noise + 20 * hum + 30 * Double(channel + 1))
            }
        }
        return values
    }
}
