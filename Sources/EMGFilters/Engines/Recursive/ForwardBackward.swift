/// An IIR filter run forward and then backward over a whole signal: zero phase, and the
/// magnitude of one pass squared. What `scipy.signal.sosfiltfilt` does, to its paddings and start.
///
/// Its padding is a handful of samples, whatever the filter: the edges of a narrow or low filter
/// are wrong by design. ``ConditioningChain`` continues the signal as far as the response reaches;
/// this type is for reproducing what others have computed.
package struct ForwardBackward: Sendable, Hashable {
    /// How the signal is continued beyond its ends.
    package enum Padding: Sendable, Hashable {
        /// Not at all.
        case none
        /// By turning it half round about its end points; `nil` for the length scipy takes.
        case odd(length: Int?)
        /// By mirroring it at its end points; `nil` for the length scipy takes.
        case even(length: Int?)
        /// By repeating its end points; `nil` for the length scipy takes.
        case constant(length: Int?)
    }

    /// The cascade of one pass.
    package let sections: SecondOrderSections
    /// How the signal is continued.
    package let padding: Padding

    /// Creates a filter.
    ///
    /// - Parameters:
    ///   - sections: The cascade of one pass.
    ///   - padding: How the signal is continued beyond its ends; a length is at least 0.
    package init(_ sections: SecondOrderSections, padding: Padding = .odd(length: nil)) {
        self.sections = sections
        self.padding = padding
    }

    /// The number of samples added at each end: as given, or as scipy has it, three times the
    /// number of coefficients of the whole cascade written as one fraction.
    package var paddingLength: Int {
        switch padding {
        case .none: 0
        case .odd(let length), .even(let length), .constant(let length):
            length ?? Self.defaultLength(sections.sections)
        }
    }

    /// Filters a signal in place.
    ///
    /// - Parameters:
    ///   - samples: Row-major `[samples × channels]`.
    ///   - channelCount: How many channels, at least 1.
    /// - Throws: ``FilterError`` when there are not more samples than are added at each end.
    package func process(_ samples: inout [Double], channelCount: Int) throws(FilterError) {
        precondition(
            samples.count.isMultiple(of: max(1, channelCount)),
            "\(samples.count) values are not whole samples of \(channelCount) channels")
        let sampleCount = samples.count / channelCount
        let length = paddingLength
        precondition(length >= 0, "a padding has at least 0 samples, got \(length)")
        guard sampleCount > length else {
            throw FilterError(
                .signalTooShort(expectedMoreThan: length, found: sampleCount),
                hint: "use a shorter padding, or a conditioning chain, which continues a signal "
                    + "of any length")
        }
        var extended = padded(samples, channelCount: channelCount, length: length)
        var filter = IIRFilter(sections, channelCount: channelCount)
        for _ in 0..<2 {
            filter.settle(at: Array(extended.prefix(channelCount)))
            filter.process(&extended)
            Self.reverse(&extended, channelCount: channelCount)
        }
        samples.replaceSubrange(
            samples.indices,
            with: extended[length * channelCount..<(length + sampleCount) * channelCount])
    }

    private func padded(_ samples: [Double], channelCount: Int, length: Int) -> [Double] {
        let last = samples.count / channelCount - 1
        var result: [Double] = []
        result.reserveCapacity(samples.count + 2 * length * channelCount)
        for distance in stride(from: length, to: 0, by: -1) {
            for channel in 0..<channelCount {
                result.append(
                    continued(
                        edge: samples[channel],
                        inside: samples[distance * channelCount + channel]))
            }
        }
        result.append(contentsOf: samples)
        for distance in stride(from: 1, through: length, by: 1) {
            for channel in 0..<channelCount {
                result.append(
                    continued(
                        edge: samples[last * channelCount + channel],
                        inside: samples[(last - distance) * channelCount + channel]))
            }
        }
        return result
    }

    private func continued(edge: Double, inside: Double) -> Double {
        switch padding {
        case .none: 0
        case .odd: 2 * edge - inside
        case .even: inside
        case .constant: edge
        }
    }

    private static func reverse(_ samples: inout [Double], channelCount: Int) {
        var (low, high) = (0, samples.count - channelCount)
        while low < high {
            for channel in 0..<channelCount { samples.swapAt(low + channel, high + channel) }
            low += channelCount
            high -= channelCount
        }
    }

    /// `3 · (2 · sections + 1 - min(zeros at the origin, poles at the origin))`.
    private static func defaultLength(_ sections: [SecondOrderSections.Section]) -> Int {
        let missingZeros = sections.count { $0.b2 == 0 }
        let missingPoles = sections.count { $0.a2 == 0 }
        return 3 * (2 * sections.count + 1 - min(missingZeros, missingPoles))
    }
}
