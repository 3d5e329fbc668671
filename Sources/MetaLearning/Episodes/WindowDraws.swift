private import SeededRandom

/// A variation and the name of what it draws for a set of windows.
struct WindowDraws: Sendable {
    let variation: any WindowVariation
    let key: UInt64

    init(_ variation: any WindowVariation, seed: UInt64, name: String) {
        self.variation = variation
        var generator = SeededGenerator(seed: seed, stream: "variation of \(name)")
        key = generator.next()
    }

    /// The draw of one window.
    func draw(_ window: Int) -> UInt64 {
        // An odd factor unlike that of SplitMix64, whose neighbors would share parts of a state.
        key &+ UInt64(window) &* 0xd1b5_4a32_d192_ed03
    }
}
