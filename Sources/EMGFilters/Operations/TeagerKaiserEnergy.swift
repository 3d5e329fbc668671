internal import EMGSignal

/// The Teager–Kaiser energy, `x[n]² - x[n-1]·x[n+1]` (J. F. Kaiser, ICASSP 1990, 381–384).
struct TeagerKaiserEnergy: Sendable, Hashable {
    /// Centered: the first and the last result repeat their neighbors, as NeuroKit2 has it.
    /// Causal: each result comes one sample late, and silence came before.
    let alignment: WindowAlignment

    func apply(_ samples: inout MutableSpan<Double>) {
        let count = samples.count
        if alignment == .causal {
            var (before, last) = (0.0, 0.0)
            for index in 0..<count {
                let sample = samples[index]
                samples[index] = last * last - before * sample
                (before, last) = (last, sample)
            }
            return
        }
        guard count > 2 else {
            for index in 0..<count { samples[index] *= samples[index] }
            return
        }
        var before = samples[0]
        for index in 1..<count - 1 {
            let sample = samples[index]
            samples[index] = sample * sample - before * samples[index + 1]
            before = sample
        }
        samples[0] = samples[1]
        samples[count - 1] = samples[count - 2]
    }
}

extension TeagerKaiserEnergy: SegmentOperation {
    var summary: String { "Teager-Kaiser energy, \(alignment.rawValue)" }

    var edgeTransient: Int { 1 }

    func work(sampleCount: Int) -> OperationWork {
        OperationWork("sample by sample", operationsPerSample: 3)
    }

    func apply(toSegment segment: inout MutableSpan<Double>, fitRanges: [SampleRange]) {
        apply(&segment)
    }

    func makeStream(channels: Range<Int>) -> (any ChannelStream)? {
        alignment == .causal ? TeagerKaiserStream(channelCount: channels.count) : nil
    }
}
