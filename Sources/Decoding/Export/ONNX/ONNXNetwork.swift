internal import Autodiff

/// Translates a network into operators of ONNX that are right for any number of windows.
struct ONNXNetwork {
    private typealias Extent = ForwardGraph.Extent

    /// What has been translated so far.
    private(set) var graph: ONNXGraph
    private let forward: ForwardGraph
    private let parameterNames: [Int: String]
    private let windows: String
    /// The name of each node's value.
    private var values: [String] = []
    /// Values that stand for a matrix and are expanded to it only where they must be.
    private var unexpanded: Set<Int> = []

    /// Translates a network.
    ///
    /// - Parameters:
    ///   - network: The network.
    ///   - graph: Operators so far.
    ///   - input: The name of its batch there.
    ///   - windows: The name of a tensor whose first extent is the number of windows.
    init(_ network: ExportedNetwork, on graph: ONNXGraph, input: String, windows: String) {
        self.graph = graph
        self.windows = windows
        forward = network.graph
        parameterNames = network.parameterNames
        for index in forward.nodes.indices {
            switch forward.nodes[index].operation {
            case .input: values.append(input)
            // Added in the form in which they are asked for.
            case .constant: values.append("")
            default: values.append(translate(index))
            }
        }
    }

    /// The name of the network's result.
    mutating func output() -> String { value(forward.output) }

    // MARK: values

    /// A node's value with all its numbers.
    private mutating func value(_ index: Int) -> String {
        guard unexpanded.remove(index) != nil else { return broadcastable(index) }
        values[index] = graph.add("Expand", [values[index], extents(forward.nodes[index].shape)])
        return values[index]
    }

    /// A node's value for operators that broadcast their inputs themselves.
    private mutating func broadcastable(_ index: Int) -> String {
        let node = forward.nodes[index]
        if values[index].isEmpty, case .constant(let numbers, let parameter) = node.operation {
            values[index] = graph.constant(
                numbers, shape: node.shape.map(\.count), named: name(of: parameter))
        }
        return values[index]
    }

    private func name(of parameter: Int?) -> String {
        parameter.flatMap { parameterNames[$0] } ?? "constant"
    }

    /// The operands of an operator that broadcasts its inputs to a common shape.
    private mutating func broadcast(_ operands: [Int]) -> [String] {
        let areAll = operands.allSatisfy(unexpanded.contains)
        return operands.enumerated().map { place, index in
            areAll && place == 0 ? value(index) : broadcastable(index)
        }
    }

    /// A tensor of extents, of which one may be computed from the number of windows.
    private mutating func extents(_ shape: [Extent]) -> String {
        guard shape.contains(where: \.isPerWindow) else {
            return graph.constant(shape.map(\.count))
        }
        let parts = shape.map { extent in
            guard extent.isPerWindow else { return graph.constant([extent.count]) }
            let all = graph.add("Shape", [windows], [("start", .integer(0)), ("end", .integer(1))])
            return extent.count == 1
                ? all : graph.add("Mul", [all, graph.constant([extent.count])])
        }
        return parts.count == 1 ? parts[0] : graph.add("Concat", parts, [("axis", .integer(0))])
    }

    /// The same numbers as another shape: the extent that grows with the batch is what is left.
    private mutating func reshaped(_ value: String, _ shape: [Extent]) -> String {
        graph.add(
            "Reshape", [value, graph.constant(shape.map { $0.isPerWindow ? -1 : $0.count })])
    }

    private mutating func reshaped(_ value: String, _ extents: [Int]) -> String {
        graph.add("Reshape", [value, graph.constant(extents)])
    }

    private mutating func transposed(_ value: String, _ order: [Int]) -> String {
        graph.add("Transpose", [value], [("perm", .integers(order))])
    }

    // MARK: operations

    private mutating func translate(_ index: Int) -> String {
        let node = forward.nodes[index]
        let operands = node.operands
        switch node.operation {
        case .input, .constant: return broadcastable(index)
        case .linear:
            return graph.add(
                "Gemm", operands.map { value($0) }, [("transB", .integer(1))])
        case .product(let left, let right):
            return graph.add(
                "Gemm", operands.map { value($0) },
                [
                    ("transA", .integer(left == .plain ? 0 : 1)),
                    ("transB", .integer(right == .plain ? 0 : 1)),
                ])
        case .batchedProduct(let left, let right):
            let stacks = zip(operands, [left, right]).map { operand, form in
                form == .plain ? value(operand) : transposed(value(operand), [0, 2, 1])
            }
            return graph.add("MatMul", stacks)
        case .add: return graph.add("Add", broadcast(operands))
        case .subtract: return graph.add("Sub", broadcast(operands))
        case .multiply: return graph.add("Mul", broadcast(operands))
        case .scale(let factor):
            return graph.add("Mul", [value(operands[0]), scalar(Float(factor))])
        case .relu: return graph.add("Relu", [value(operands[0])])
        case .gate:
            let isOpen = graph.add("Greater", [value(operands[1]), scalar(0)])
            return graph.add("Where", [isOpen, value(operands[0]), scalar(0)])
        case .map(let function): return map(value(operands[0]), function)
        case .reshape: return reshaped(value(operands[0]), node.shape)
        case .permute(let extents, let order):
            let before = reshaped(value(operands[0]), extents)
            let after = transposed(before, order)
            return order.map { extents[$0] } == node.shape
                ? after : reshaped(after, node.shape)
        case .slice(let offset): return slice(node, from: offset)
        case .convolution(let layout, let filters):
            return convolution(operands, layout, filters: filters)
        case .patches(let layout): return patches(value(operands[0]), layout)
        case .columnSums, .rowSums:
            let axis = node.operation == .columnSums ? 0 : 1
            return graph.add(
                "ReduceSum", [value(operands[0]), graph.constant([axis])],
                [("keepdims", .integer(0))])
        case .repeatRow, .fill:
            unexpanded.insert(index)
            return value(operands[0])
        case .repeatColumn:
            unexpanded.insert(index)
            return reshaped(
                value(operands[0]), forward.nodes[operands[0]].shape + [Extent(1)])
        case .softmax:
            return graph.add("Softmax", [value(operands[0])], [("axis", .integer(-1))])
        case .normalize(let rule): return normalized(node, rule)
        case .logSumExp:
            return graph.add(
                "ReduceLogSumExp", [value(operands[0])],
                [("axes", .integers([1])), ("keepdims", .integer(0))])
        }
    }

    private mutating func scalar(_ value: Float) -> String {
        graph.constant([value], shape: [], named: "scalar")
    }

    private mutating func map(_ x: String, _ function: ElementFunction) -> String {
        switch function {
        case .tanh: return graph.add("Tanh", [x])
        case .sigmoid: return graph.add("Sigmoid", [x])
        case .exponential: return graph.add("Exp", [x])
        case .logarithm: return graph.add("Log", [x])
        case .gelu:
            let scaled = graph.add("Mul", [x, scalar(0.707_106_78)])
            let share = graph.add("Add", [graph.add("Erf", [scaled]), scalar(1)])
            return graph.add("Mul", [graph.add("Mul", [x, share]), scalar(0.5)])
        }
    }

    private mutating func normalized(_ node: ForwardGraph.Node, _ rule: RowDivisor) -> String {
        let rows = value(node.operands[0])
        switch rule {
        case .standardized(let epsilon):
            let columns = node.shape.last?.count ?? 1
            let ones = graph.constant(
                Array(repeating: 1, count: columns), shape: [columns], named: "ones")
            return graph.add(
                "LayerNormalization", [rows, ones],
                [("axis", .integer(-1)), ("epsilon", .number(Float(epsilon)))])
        case .unitLength:
            let lengths = graph.add(
                "ReduceL2", [rows], [("axes", .integers([-1])), ("keepdims", .integer(1))])
            return graph.add("Div", [rows, lengths])
        }
    }

    /// Places of a batch are as many times as large as those of one window: with the windows as
    /// columns, consecutive numbers are whole rows.
    private mutating func slice(_ node: ForwardGraph.Node, from offset: Int) -> String {
        let whole = forward.nodes[node.operands[0]].count
        let rows = reshaped(value(node.operands[0]), [whole, -1])
        let part = graph.add(
            "Slice",
            [
                rows, graph.constant([offset]), graph.constant([offset + node.count]),
                graph.constant([0]),
            ])
        return reshaped(part, node.shape)
    }

    /// ONNX has channels before places, tapes behind them.
    private mutating func convolution(
        _ operands: [Int], _ layout: PatchLayout, filters: Int
    ) -> String {
        let isSignal = layout.input.height == 1 && layout.kernel.height == 1
        func axes(_ extent: PatchLayout.Extent) -> [Int] {
            isSignal ? [extent.width] : [extent.height, extent.width]
        }
        let places = isSignal ? [1] : [1, 2]
        let images = transposed(
            reshaped(value(operands[0]), [-1] + axes(layout.input) + [layout.channels]),
            [0, places.count + 1] + places)
        let kernels = kernels(
            operands[1], shape: [filters, layout.channels] + axes(layout.kernel),
            places: places)
        let results = graph.add(
            "Conv", [images, kernels, value(operands[2])],
            [
                ("dilations", .integers(places.map { _ in layout.dilation })),
                ("kernel_shape", .integers(axes(layout.kernel))),
                ("pads", .integers(axes(layout.before) + axes(layout.after))),
                ("strides", .integers(places.map { _ in layout.stride })),
            ])
        return reshaped(
            transposed(results, [0] + places.map { $0 + 1 } + [1]), [-1, filters])
    }

    /// Kernels `[filters, channels, places]`; constants are put in order here.
    private mutating func kernels(_ index: Int, shape: [Int], places: [Int]) -> String {
        let (filters, channels) = (shape[0], shape[1])
        guard case .constant(let numbers, let parameter) = forward.nodes[index].operation else {
            return transposed(
                reshaped(value(index), [filters] + shape.dropFirst(2) + [channels]),
                [0, places.count + 1] + places)
        }
        let placeCount = shape.dropFirst(2).reduce(1, *)
        var ordered: [Float] = []
        ordered.reserveCapacity(numbers.count)
        for filter in 0..<filters {
            for channel in 0..<channels {
                for place in 0..<placeCount {
                    ordered.append(numbers[(filter * placeCount + place) * channels + channel])
                }
            }
        }
        return graph.constant(ordered, shape: shape, named: name(of: parameter))
    }

    /// Taken by their places in an image, behind which a zero stands for all that lies beyond it.
    private mutating func patches(_ x: String, _ layout: PatchLayout) -> String {
        let width = layout.input.height * layout.input.width * layout.channels
        var images = reshaped(x, [-1, width])
        images = graph.add("Pad", [images, graph.constant([0, 0, 0, 1]), scalar(0)])
        let taken = graph.add(
            "Gather", [images, graph.constant(layout.places(beyond: width))],
            [("axis", .integer(1))])
        return reshaped(taken, [-1, layout.patchWidth])
    }
}
