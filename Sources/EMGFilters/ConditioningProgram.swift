private import EMGSignal
private import Parallel

/// What a ``ConditioningChain`` does to samples: its filters fused where they are neighbors, with
/// rectification between.
struct ConditioningProgram: Sendable {
    /// A run of filters as one, or the magnitude of each sample, which no filter can be moved
    /// across.
    enum Step<Fused: Sendable>: Sendable {
        case filter(Fused)
        case rectify
    }

    private enum Steps: Sendable {
        case zeroPhase([Step<SpectralPass>])
        case causal([Step<SecondOrderSections>])
    }

    private let steps: Steps

    /// Fuses the filters of stages.
    init(_ stages: [ResolvedStage], phase: ConditioningPipeline.Phase) {
        switch phase {
        case .zero:
            steps = .zeroPhase(Self.fuse(stages) { SpectralPass(ZeroPhaseResponse($0)) })
        case .causal:
            steps = .causal(
                Self.fuse(stages) { designs in
                    SecondOrderSections(stable: designs.flatMap(\.sections.sections))
                })
        }
    }

    /// Whether nothing would be done.
    var isEmpty: Bool {
        switch steps {
        case .zeroPhase(let steps): steps.isEmpty
        case .causal(let steps): steps.isEmpty
        }
    }

    private static func fuse<Fused>(
        _ stages: [ResolvedStage], _ makeFused: ([FilterDesign]) -> Fused
    ) -> [Step<Fused>] {
        var steps: [Step<Fused>] = []
        var pending: [FilterDesign] = []
        for stage in stages {
            if stage.rectifies {
                if !pending.isEmpty { steps.append(.filter(makeFused(pending))) }
                pending = []
                steps.append(.rectify)
            }
            pending += stage.designs
        }
        if !pending.isEmpty { steps.append(.filter(makeFused(pending))) }
        return steps
    }

    /// The steps as a filter for samples as they come; `nil` when they look ahead.
    func stream(channelCount: Int) -> ConditioningStream? {
        guard case .causal(let steps) = steps else { return nil }
        return ConditioningStream(steps, channelCount: channelCount)
    }

    /// Runs the steps over every channel.
    ///
    /// Channels are worked on in groups of a fixed size, whatever the number of threads: those
    /// that travel through one transform share rounding errors in the last bit.
    func run<Number: SendableMetatype>(
        _ columns: ChannelColumns<Number>, continuity: Continuity, threads: Int
    ) {
        guard !isEmpty, columns.sampleCount > 0 else { return }
        switch steps {
        case .zeroPhase(let steps):
            Self.forEachGroup(of: 4, channels: columns.channelCount, threads: threads) { group in
                Self.run(steps, columns, channels: group, continuity: continuity)
            }
        case .causal(let steps):
            Self.forEachGroup(of: 4, channels: columns.channelCount, threads: threads) { group in
                Self.run(steps, columns, channels: group, continuity: continuity)
            }
        }
    }

    private static func forEachGroup(
        of size: Int, channels: Int, threads: Int, _ body: @Sendable (Range<Int>) -> Void
    ) {
        _ = concurrentMap(count: (channels + size - 1) / size, threads: threads) { group in
            body(group * size..<min((group + 1) * size, channels))
        }
    }

    private static func run<Number: SendableMetatype>(
        _ steps: [Step<SpectralPass>], _ columns: ChannelColumns<Number>, channels: Range<Int>,
        continuity: Continuity
    ) {
        var lanes = ChannelLanes(
            values: columns.planar(channels), sampleCount: columns.sampleCount,
            channels: channels, continuity: continuity)
        for step in steps {
            switch step {
            case .filter(let pass): pass.run(&lanes)
            case .rectify: lanes.rectify()
            }
        }
        columns.replace(channels, with: lanes)
    }

    private static func run<Number>(
        _ steps: [Step<SecondOrderSections>], _ columns: ChannelColumns<Number>,
        channels: Range<Int>, continuity: Continuity
    ) {
        var lanes = ChannelLanes(
            values: columns.planar(channels), sampleCount: columns.sampleCount,
            channels: channels, continuity: continuity)
        for group in lanes.groups {
            for stretch in lanes.stretches[group[0]] {
                var stream = ConditioningStream(steps, channelCount: group.count)
                lanes.stream(stretch, of: group, through: &stream)
            }
        }
        columns.replace(channels, with: lanes)
    }
}
