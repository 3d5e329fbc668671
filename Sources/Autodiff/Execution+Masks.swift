extension Execution {
    /// Whether the computation has any dropout.
    package var hasMasks: Bool { !tape.masks.isEmpty }

    /// Draws which elements dropout sets to zero in the runs to come.
    ///
    /// Counter-based: an element's fate depends on the key, the mask's place on the tape and the
    /// element's place alone, so a step that is computed again, on any thread, has the same masks.
    ///
    /// - Parameter key: Names the draw, such as a hash of seed, task and step.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    package mutating func drawMasks(key: UInt64) {
        for (index, mask) in tape.masks.enumerated() {
            let start = Self.mixed(key ^ Self.mixed(UInt64(index) &+ 1))
            let threshold = UInt64(mask.rate * 0x1p32)
            let kept = Scalar(1 / (1 - mask.rate))
            let place = layout.value(of: mask.node)
            for element in buffers[place].indices {
                let bits = Self.mixed(start &+ UInt64(element) &* 0x9e37_79b9_7f4a_7c15) >> 32
                buffers[place][element] = bits < threshold ? 0 : kept
            }
        }
    }

    /// Lets everything through in the runs to come.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    package mutating func clearMasks() {
        for mask in tape.masks {
            let place = layout.value(of: mask.node)
            for element in buffers[place].indices { buffers[place][element] = 1 }
        }
    }

    /// SplitMix64's finalizer (Steele, Lea and Flood 2014).
    private static func mixed(_ word: UInt64) -> UInt64 {
        var word = word &+ 0x9e37_79b9_7f4a_7c15
        word = (word ^ (word >> 30)) &* 0xbf58_476d_1ce4_e5b9
        word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
        return word ^ (word >> 31)
    }
}
