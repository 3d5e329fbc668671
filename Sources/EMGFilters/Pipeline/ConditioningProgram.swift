internal import EMGSignal
private import Parallel

/// What a ``ConditioningChain`` does to samples between two changes of rate: its filters fused
/// where they are neighbors, with other operations between.
struct ConditioningProgram: Sendable {
    /// How filters are run.
    struct Method: Sendable, Hashable {
        let phase: ConditioningPipeline.Phase
        let engine: ConditioningPipeline.Engine
        let edges: EdgePolicy
        let precision: ConditioningPipeline.Precision

        var truncationLevel: Double {
            precision == .single
                ? ZeroPhaseResponse.singleTruncationLevel : ZeroPhaseResponse.truncationLevel
        }
    }

    /// Neighboring filters.
    struct Filters: Sendable {
        var iir: [FilterDesign] = []
        var fir: [FIRDesign] = []
        /// Which stages they are of, in order.
        var stages: [Int] = []

        var isEmpty: Bool { iir.isEmpty && fir.isEmpty }
    }

    enum Step: Sendable {
        case filters(Filters)
        /// An operation on single samples, and which stage it is of.
        case sample(SampleOperation, stage: Int)
        /// An operation on channels, and which stage it is of.
        case channel(any ChannelOperation, stage: Int)
    }

    let method: Method
    let steps: [Step]
    /// The steps as one pass, when there are but filters and operations on single samples.
    private let spectral: SpectralChain?
    private let recursive: RecursiveChain?
    /// Each run of filters for signals that need other steps too, or are short; in order.
    let passes: [FilterPass]

    /// Fuses the filters of stages.
    ///
    /// - Parameters:
    ///   - elements: What the stages consist of, and which stage each is of.
    ///   - method: How filters are run.
    init(_ elements: [(element: StageElement, stage: Int)], method: Method) {
        self.method = method
        steps = Self.fuse(elements, method: method)
        let filters = steps.compactMap { step -> Filters? in
            if case .filters(let filters) = step { filters } else { nil }
        }
        let isPlain =
            !filters.isEmpty && !steps.contains { if case .channel = $0 { true } else { false } }
        passes =
            method.phase == .causal ? [] : filters.map { FilterPass($0, method: method) }
        spectral =
            isPlain && method.phase != .causal && passes.allSatisfy { $0.spectral != nil }
            ? Self.spectralChain(steps, passes, method) : nil
        recursive =
            isPlain && method.phase != .causal && passes.allSatisfy { $0.spectral == nil }
            ? Self.recursiveChain(steps, passes, method) : nil
    }

    /// Whether nothing would be done.
    var isEmpty: Bool { steps.isEmpty }

    private static func fuse(
        _ elements: [(element: StageElement, stage: Int)], method: Method
    ) -> [Step] {
        var steps: [Step] = []
        var pending = Filters()
        func flush() {
            if !pending.isEmpty { steps.append(.filters(pending)) }
            pending = Filters()
        }
        for (element, stage) in elements {
            switch element {
            case .iir(let design):
                // Each by itself where its own padding is asked for, or the order of IIR and FIR
                // filters must be kept.
                if method.edges == .scipy && method.phase != .causal { flush() }
                if method.phase == .causal || method.engine == .recursive,
                    !pending.fir.isEmpty
                {
                    flush()
                }
                pending.iir.append(design)
                pending.stages.append(stage)
            case .fir(let design):
                if method.phase == .causal || method.engine == .recursive { flush() }
                pending.fir.append(design)
                pending.stages.append(stage)
            case .sample(let operation):
                flush()
                steps.append(.sample(operation, stage: stage))
            case .channel(let operation):
                flush()
                steps.append(.channel(operation, stage: stage))
            case .resample:
                preconditionFailure("a change of rate ends a program")
            }
        }
        flush()
        return steps
    }

    private static func spectralChain(
        _ steps: [Step], _ passes: [FilterPass], _ method: Method
    ) -> SpectralChain {
        var links: [SpectralChain.Link] = []
        var operations: [SampleOperation] = []
        for step in steps {
            switch step {
            case .sample(let operation, _): operations.append(operation)
            case .filters:
                guard let response = passes[links.count].spectral?.response else { continue }
                links.append(SpectralChain.Link(operations: operations, response: response))
                operations = []
            case .channel: break
            }
        }
        return SpectralChain(links: links, closing: operations, edges: method.edges)
    }

    private static func recursiveChain(
        _ steps: [Step], _ passes: [FilterPass], _ method: Method
    ) -> RecursiveChain {
        var links: [RecursiveChain.Link] = []
        var operations: [SampleOperation] = []
        for step in steps {
            switch step {
            case .sample(let operation, _): operations.append(operation)
            case .filters:
                guard let link = passes[links.count].recursive?.links.first else { continue }
                links.append(
                    RecursiveChain.Link(
                        operations: operations, kernel: link.kernel, padding: link.padding))
                operations = []
            case .channel: break
            }
        }
        return RecursiveChain(links: links, closing: operations, edges: method.edges)
    }

    /// The steps as a filter for samples as they come; `nil` when they look ahead.
    ///
    /// - Parameter channels: Which channels of the recording come.
    /// - Returns: The filter, at rest.
    func stream(channels: Range<Int>) -> ConditioningStream? {
        guard method.phase == .causal else { return nil }
        let channelCount = channels.count
        var result: [ConditioningStream.Step] = []
        for step in steps {
            switch step {
            case .filters(let filters):
                if !filters.iir.isEmpty {
                    let sections = SecondOrderSections(
                        stable: filters.iir.flatMap(\.sections.sections))
                    result.append(.iir(IIRFilter(sections, channelCount: channelCount)))
                }
                for design in filters.fir {
                    result.append(
                        .fir(
                            PartitionedConvolution(
                                taps: design.taps, channelCount: channelCount)))
                }
            case .sample(let operation, _): result.append(.sample(operation))
            case .channel(let operation, _):
                guard let stream = operation.makeStream(channels: channels) else { return nil }
                result.append(.channel(stream))
            }
        }
        return ConditioningStream(result, channelCount: channelCount)
    }

    /// What a stage was fitted on: for each name one number a channel.
    typealias Fits = [Int: [String: [Int: Double]]]

    /// Runs the steps over every channel.
    ///
    /// Channels are worked on in groups of a fixed size, whatever the number of threads: those
    /// that travel through one transform share rounding errors in the last bit.
    ///
    /// - Returns: What stages were fitted on.
    func run<Number: SendableMetatype>(
        _ columns: ChannelColumns<Number>, continuity: Continuity, threads: Int
    ) -> Fits {
        guard !isEmpty, columns.sampleCount > 0 else { return [:] }
        if let recursive {
            recursive.run(
                columns, segments: columns.segments(continuity, threads: threads),
                threads: threads)
            return [:]
        }
        if let spectral {
            let segments = columns.segments(continuity, threads: threads)
            if segments.allSatisfy({ $0.allSatisfy { $0.count > spectral.reach } }) {
                switch method.precision {
                case .double:
                    spectral.run(
                        columns, segments: segments, precision: Double.self, threads: threads)
                case .single:
                    spectral.run(
                        columns, segments: segments, precision: Float.self, threads: threads)
                }
                return [:]
            }
        }
        let size = 4
        let fits = concurrentMap(
            count: (columns.channelCount + size - 1) / size, threads: threads
        ) { group in
            let first = group * size
            return run(
                columns, channels: first..<min(first + size, columns.channelCount),
                continuity: continuity)
        }
        return fits.reduce(into: [:]) { result, fits in
            result.merge(fits) { $0.merging($1) { $0.merging($1) { $1 } } }
        }
    }

    private func run<Number: SendableMetatype>(
        _ columns: ChannelColumns<Number>, channels: Range<Int>, continuity: Continuity
    ) -> Fits {
        var lanes = ChannelLanes(
            values: columns.planar(channels), sampleCount: columns.sampleCount,
            channels: channels, continuity: continuity)
        var fits: Fits = [:]
        if method.phase == .causal {
            runCausal(&lanes, channels: channels)
        } else {
            var next = 0
            for step in steps {
                switch step {
                case .filters:
                    passes[next].run(&lanes)
                    next += 1
                case .sample(let operation, _): lanes.apply(operation)
                case .channel(let operation, let stage):
                    for channel in channels {
                        let fitted = lanes.apply(
                            operation, lane: channel - channels.lowerBound, channel: channel)
                        for (name, number) in fitted {
                            fits[stage, default: [:]][name, default: [:]][channel] = number
                        }
                    }
                }
            }
        }
        columns.replace(channels, with: lanes)
        return fits
    }

    private func runCausal(_ lanes: inout ChannelLanes, channels: Range<Int>) {
        guard let whole = stream(channels: channels) else { return }
        for group in lanes.groups {
            for segment in lanes.segments[group[0]] {
                if group.count == lanes.count {
                    var stream = whole
                    lanes.stream(segment, of: group, through: &stream)
                } else {
                    for lane in group {
                        let channel = channels.lowerBound + lane
                        guard var stream = stream(channels: channel..<channel + 1) else {
                            continue
                        }
                        lanes.stream(segment, of: [lane], through: &stream)
                    }
                }
            }
        }
    }
}
