/// The inner loops of ``RecursiveFilter``: a few channels side by side in vector lanes.
enum SectionKernel {
    /// One number of each of several channels.
    typealias Lanes = SIMD4<Double>

    /// Takes `count` samples of `width` neighboring channels from row-major samples.
    ///
    /// - Parameters:
    ///   - tile: Where they go, one vector a sample; lanes beyond `width` become zero.
    ///   - samples: Row-major samples.
    ///   - start: The position of the first channel's first value.
    ///   - rowLength: How many channels the samples have.
    ///   - width: How many channels to take, at most the number of lanes.
    ///   - count: How many samples.
    static func load(
        _ tile: inout MutableSpan<Lanes>, from samples: borrowing MutableSpan<Double>,
        at start: Int, rowLength: Int, width: Int, count: Int
    ) {
        var position = start
        for sample in 0..<count {
            if width == Lanes.scalarCount {
                tile[sample] = Lanes(
                    samples[position], samples[position + 1], samples[position + 2],
                    samples[position + 3])
            } else {
                var lanes = Lanes.zero
                for lane in 0..<width { lanes[lane] = samples[position + lane] }
                tile[sample] = lanes
            }
            position += rowLength
        }
    }

    /// Puts the samples back where ``load(_:from:at:rowLength:width:count:)`` took them.
    static func store(
        _ tile: Span<Lanes>, into samples: inout MutableSpan<Double>, at start: Int,
        rowLength: Int, width: Int, count: Int
    ) {
        var position = start
        for sample in 0..<count {
            let lanes = tile[sample]
            if width == Lanes.scalarCount {
                samples[position] = lanes.x
                samples[position + 1] = lanes.y
                samples[position + 2] = lanes.z
                samples[position + 3] = lanes.w
            } else {
                for lane in 0..<width { samples[position + lane] = lanes[lane] }
            }
            position += rowLength
        }
    }

    /// Runs the first `count` samples of a tile through a cascade, in place.
    ///
    /// Sections go two at a time: a section waits for its own last result, and the processor
    /// fills that time with the other one. Each section's arithmetic is the same either way.
    ///
    /// - Parameters:
    ///   - tile: The samples.
    ///   - sections: The cascade.
    ///   - delays: Two vectors a section, from position `start` on.
    ///   - start: Where this group's delays begin.
    ///   - count: How many samples.
    static func run(
        _ tile: inout MutableSpan<Lanes>, through sections: Span<SecondOrderSections.Section>,
        delays: inout MutableSpan<Lanes>, at start: Int, count: Int
    ) {
        var index = 0
        while index + 1 < sections.count {
            var first = Step(sections[index], delays, at: start + 2 * index)
            var second = Step(sections[index + 1], delays, at: start + 2 * index + 2)
            for sample in 0..<count {
                tile[sample] = second.next(first.next(tile[sample]))
            }
            first.save(&delays, at: start + 2 * index)
            second.save(&delays, at: start + 2 * index + 2)
            index += 2
        }
        if index < sections.count {
            var last = Step(sections[index], delays, at: start + 2 * index)
            for sample in 0..<count { tile[sample] = last.next(tile[sample]) }
            last.save(&delays, at: start + 2 * index)
        }
    }

    /// One section at work: transposed direct form II.
    private struct Step {
        let section: SecondOrderSections.Section
        var first: Lanes
        var second: Lanes

        init(
            _ section: SecondOrderSections.Section, _ delays: borrowing MutableSpan<Lanes>,
            at position: Int
        ) {
            self.section = section
            first = delays[position]
            second = delays[position + 1]
        }

        @inline(__always)
        mutating func next(_ input: Lanes) -> Lanes {
            let output = section.b0 * input + first
            first = section.b1 * input - section.a1 * output + second
            second = section.b2 * input - section.a2 * output
            return output
        }

        func save(_ delays: inout MutableSpan<Lanes>, at position: Int) {
            delays[position] = first
            delays[position + 1] = second
        }
    }
}
