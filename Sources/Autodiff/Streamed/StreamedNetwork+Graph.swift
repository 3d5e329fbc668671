extension StreamedNetwork {
    /// Arranges a network for samples as they come; `nil` for one of other parts, such as one that
    /// looks ahead.
    ///
    /// - Parameters:
    ///   - graph: What it computes.
    ///   - channelCount: Channels of a sample.
    ///   - windowLength: Samples of a window.
    ///   - isChannelMajor: Whether a window lies channel by channel; otherwise sample by sample.
    package init?(
        _ graph: ForwardGraph, channelCount: Int, windowLength: Int, isChannelMajor: Bool
    ) {
        var arranged = Arrangement(
            graph, channelCount: channelCount, windowLength: windowLength,
            isChannelMajor: isChannelMajor)
        for index in graph.nodes.indices {
            guard arranged.take(index) else { return nil }
        }
        guard let dense = arranged.dense, arranged.newest == graph.output else { return nil }
        stages = arranged.stages
        last = dense.stage
        self.dense = dense.weights
        denseBias = dense.bias
        closing = arranged.closing
        depths = arranged.depths
        self.windowLength = windowLength
        self.channelCount = channelCount
        outputCount = graph.nodes[graph.output].count
    }
}

/// The parts of a network, found node by node.
private struct Arrangement {
    /// What a node's numbers are.
    enum Value {
        case constant([Float])
        /// The rows of a stage, in the order of time, or flattened number by number.
        case rows(Int, isFlattened: Bool)
        /// What the layers behind the one over all of a window have come to: so many numbers.
        case closing(Int)
    }

    private let graph: ForwardGraph
    private(set) var values: [Value] = []
    private(set) var stages: [StreamedNetwork.Stage] = []
    private(set) var dense: (stage: Int, weights: PanelMatrix, bias: [Float])?
    private(set) var closing: [StreamedNetwork.Closing] = []
    /// The newest node behind the layer over all of a window: they follow each other.
    private(set) var newest: Int?
    private let input: Value

    init(_ graph: ForwardGraph, channelCount: Int, windowLength: Int, isChannelMajor: Bool) {
        self.graph = graph
        input = .rows(0, isFlattened: isChannelMajor)
        stages = [
            StreamedNetwork.Stage(
                operation: .input, width: channelCount, length: windowLength, delay: 0, edge: 0)
        ]
    }

    /// How far back each stage's rows are looked at.
    var depths: [Int] {
        var depths = [Int](repeating: 1, count: stages.count)
        for stage in stages {
            guard case .convolution(let source, _, _, let taps, let dilation, _) = stage.operation
            else { continue }
            depths[source] = max(depths[source], (taps - 1) * dilation + 1)
        }
        return depths
    }

    /// Takes the next node; `false` for one that has no place.
    mutating func take(_ index: Int) -> Bool {
        let node = graph.nodes[index]
        guard let value = value(of: node) else { return false }
        if case .closing = value {
            guard newest == nil || newest == node.operands[0] else { return false }
            newest = index
        }
        values.append(value)
        return true
    }

    private mutating func value(of node: ForwardGraph.Node) -> Value? {
        let operands = node.operands.map { values[$0] }
        switch (node.operation, operands.first) {
        case (.input, _): return input
        case (.constant(let numbers, _), _): return .constant(numbers)
        case (.reshape, .rows(let stage, let isFlattened)):
            return .rows(stage, isFlattened: isFlattened)
        case (.permute(let extents, let order), .rows(let stage, isFlattened: false)):
            guard extents.map(\.count) == [1, stages[stage].length, stages[stage].width],
                extents[0].isPerWindow, order == [0, 2, 1]
            else { return nil }
            return .rows(stage, isFlattened: true)
        case (.relu, .rows(let stage, let isFlattened)):
            return .rows(
                add(.relu(of: stage), like: stages[stage], edge: stages[stage].edge),
                isFlattened: isFlattened)
        case (.relu, .closing(let width)):
            closing.append(.relu)
            return .closing(width)
        case (.add, .rows(let one, isFlattened: false)):
            guard case .rows(let other, isFlattened: false) = operands[1] else { return nil }
            return sum(one, other)
        case (.convolution(let layout, let filters), .rows(let stage, isFlattened: false)):
            return convolution(layout, filters, stage, operands)
        case (.linear, .rows(let stage, let isFlattened)):
            let source = stages[stage]
            let shape = graph.nodes[node.operands[0]].shape
            if shape == [.init(1, isPerWindow: true), .init(source.length * source.width)] {
                return connect(stage, isFlattened: isFlattened, operands)
            }
            guard !isFlattened,
                shape == [.init(source.length, isPerWindow: true), .init(source.width)]
            else { return nil }
            return convolution(
                PatchLayout(
                    signals: 1, length: source.length, channels: source.width, kernel: 1),
                node.shape[1].count, stage, operands)
        case (.linear, .closing(let width)):
            guard case .constant(let weights) = operands[1], case .constant(let bias) = operands[2]
            else { return nil }
            closing.append(
                .linear(
                    PanelMatrix(inputs: width, outputs: bias.count) { weights[$2 * width + $1] },
                    bias: filled(bias)))
            return .closing(bias.count)
        default: return nil
        }
    }

    private mutating func add(
        _ operation: StreamedNetwork.Stage.Operation, like stage: StreamedNetwork.Stage, edge: Int
    ) -> Int {
        stages.append(
            StreamedNetwork.Stage(
                operation: operation, width: stage.width, length: stage.length,
                delay: stage.delay, edge: edge))
        return stages.count - 1
    }

    private mutating func sum(_ one: Int, _ other: Int) -> Value? {
        let (first, second) = (stages[one], stages[other])
        guard first.width == second.width, first.length == second.length,
            first.delay == second.delay
        else { return nil }
        return .rows(
            add(.sum(of: one, other), like: first, edge: max(first.edge, second.edge)),
            isFlattened: false)
    }

    private mutating func convolution(
        _ layout: PatchLayout, _ filters: Int, _ stage: Int, _ operands: [Value]
    ) -> Value? {
        let source = stages[stage]
        let (taps, channels, zeros) = (layout.kernel.width, layout.channels, layout.before.width)
        guard layout.images == 1, layout.input.height == 1, layout.kernel.height == 1,
            layout.before.height == 0, layout.after.height == 0, layout.after.width == 0,
            layout.input.width == source.length, channels == source.width,
            case .constant(let weights) = operands[1], case .constant(let bias) = operands[2]
        else { return nil }
        let matrix = PanelMatrix(count: taps, inputs: channels, outputs: filters) {
            weights[($2 * taps + $0) * channels + $1]
        }
        let length = layout.output.width
        stages.append(
            StreamedNetwork.Stage(
                operation: .convolution(
                    of: stage, weights: matrix, bias: filled(bias), taps: taps,
                    dilation: layout.dilation, zeros: zeros),
                width: filters, length: length,
                delay: source.delay + (taps - 1) * layout.dilation - zeros,
                edge: min(length, source.edge + zeros)))
        return .rows(stages.count - 1, isFlattened: false)
    }

    /// The layer over all of a window: there is one.
    private mutating func connect(
        _ stage: Int, isFlattened: Bool, _ operands: [Value]
    ) -> Value? {
        guard dense == nil, case .constant(let weights) = operands[1],
            case .constant(let bias) = operands[2]
        else { return nil }
        let (length, width) = (stages[stage].length, stages[stage].width)
        let matrix = PanelMatrix(count: length, inputs: width, outputs: bias.count) {
            weights[$2 * length * width + (isFlattened ? $1 * length + $0 : $0 * width + $1)]
        }
        dense = (stage, matrix, filled(bias))
        return .closing(bias.count)
    }

    private func filled(_ bias: [Float]) -> [Float] {
        bias + [Float](repeating: 0, count: PanelMatrix.filled(bias.count) - bias.count)
    }
}
