/// The same network, recorded for two numbers of windows.
struct ForwardRecording {
    private let first: ForwardTape
    private let second: ForwardTape
    private let masks: Set<Int>
    private let shapes: [[ForwardGraph.Extent]]
    private let dependsOnInput: [Bool]

    init(_ first: ForwardTape, _ second: ForwardTape) throws(ForwardFault) {
        guard first.tape.nodes.count == second.tape.nodes.count,
            first.output.index == second.output.index
        else {
            throw .batchSize("it takes other steps for another number of windows")
        }
        self.first = first
        self.second = second
        masks = Set(first.tape.masks.map(\.node))
        var shapes: [[ForwardGraph.Extent]] = []
        var depends: [Bool] = []
        for (one, other) in zip(first.tape.nodes, second.tape.nodes) {
            guard one.operands == other.operands else {
                throw .batchSize("it takes other steps for another number of windows")
            }
            shapes.append(
                try Self.extents(
                    one.shape.dimensions, other.shape.dimensions, first.windows, second.windows))
            depends.append(
                one.operands.contains { depends[$0] } || depends.count == first.input.index)
        }
        self.shapes = shapes
        dependsOnInput = depends
    }

    func graph(parameters: [Float]) throws(ForwardFault) -> ForwardGraph {
        let needed = needed
        let nodes = first.tape.nodes
        let constants = first.tape.constants(
            nodes.indices.filter { needed.contains($0) && isConstant($0) }, parameters: parameters)
        var result: [ForwardGraph.Node] = []
        var places: [Int: Int] = [:]
        func append(
            _ operation: ForwardOperation, _ operands: [Int], _ shape: [ForwardGraph.Extent],
            for index: Int
        ) {
            places[index] = result.count
            result.append(
                ForwardGraph.Node(
                    operation: operation, operands: operands.compactMap { places[$0] },
                    shape: shape))
        }
        append(.input, [], shapes[first.input.index], for: first.input.index)
        for index in nodes.indices where needed.contains(index) && index != first.input.index {
            if let values = constants[index] {
                let parameter = first.tape.parameterPlace(of: index)
                append(.constant(values, parameter: parameter), [], shapes[index], for: index)
            } else {
                let step = try step(index)
                append(step.operation, step.operands, shapes[index], for: index)
            }
        }
        guard let output = places[resolved(first.output.index)],
            result[output].shape.first == ForwardGraph.Extent(1, isPerWindow: true)
        else {
            throw .batchSize("its outputs are not a row for each window")
        }
        return ForwardGraph(nodes: result, output: output)
    }

    private static func extents(
        _ one: [Int], _ other: [Int], _ windows: Int, _ otherWindows: Int
    ) throws(ForwardFault) -> [ForwardGraph.Extent] {
        guard one.count == other.count else {
            throw .batchSize("it has other axes for another number of windows")
        }
        var result: [ForwardGraph.Extent] = []
        for (extent, otherExtent) in zip(one, other) {
            if extent == otherExtent {
                result.append(ForwardGraph.Extent(extent))
            } else if extent.isMultiple(of: windows), otherExtent.isMultiple(of: otherWindows),
                extent / windows == otherExtent / otherWindows
            {
                result.append(ForwardGraph.Extent(extent / windows, isPerWindow: true))
            } else {
                throw .batchSize(
                    "an extent of \(extent) for \(windows) windows is \(otherExtent) for "
                        + "\(otherWindows)")
            }
        }
        guard result.count(where: \.isPerWindow) <= 1 else {
            throw .batchSize("a value grows with the square of the number of windows")
        }
        return result
    }

    private func isConstant(_ index: Int) -> Bool {
        !dependsOnInput[index] && !shapes[index].contains(where: \.isPerWindow)
    }

    /// A value that dropout was applied to stands for the result: masks let everything through.
    private func resolved(_ index: Int) -> Int {
        let node = first.tape.nodes[index]
        guard node.primitive == .multiply, masks.contains(node.operands[1]) else { return index }
        return resolved(node.operands[0])
    }

    /// The operands of a node; those of a convolution when it is one of patches.
    private func operands(of index: Int) -> [Int] {
        let node = first.tape.nodes[index]
        // What the second operand of a logarithm of sums is for, only derivatives ask.
        if node.primitive == .logSumExp { return [resolved(node.operands[0])] }
        guard node.primitive == .linear, let images = imagesOfPatches(node.operands[0]) else {
            return node.operands.map(resolved)
        }
        return [images] + node.operands.dropFirst().map(resolved)
    }

    private func imagesOfPatches(_ index: Int) -> Int? {
        let node = first.tape.nodes[index]
        guard case .patches = node.primitive, !isConstant(index) else { return nil }
        return resolved(node.operands[0])
    }

    private var needed: Set<Int> {
        var needed: Set<Int> = [resolved(first.output.index)]
        for index in first.tape.nodes.indices.reversed()
        where needed.contains(index) && !isConstant(index) {
            needed.formUnion(operands(of: index))
        }
        return needed
    }

    private func step(
        _ index: Int
    ) throws(ForwardFault) -> (operation: ForwardOperation, operands: [Int]) {
        let operands = operands(of: index)
        let operation = try operation(index)
        let isPerWindow = operands.map { shapes[$0].map(\.isPerWindow) }
        // Axes of operands that are summed over, or whose numbers are compared.
        let mixed: [Bool?] =
            switch operation {
            case .linear, .convolution:
                isPerWindow.dropFirst().flatMap(\.self)
                    + (operation == .linear ? [isPerWindow[0].last] : [])
            case .product(let left, let right):
                [
                    isPerWindow[0][left == .plain ? 1 : 0],
                    isPerWindow[1][right == .plain ? 0 : 1],
                ]
            case .batchedProduct(let left, let right):
                [
                    isPerWindow[0][left == .plain ? 2 : 1],
                    isPerWindow[1][right == .plain ? 1 : 2],
                ]
            case .columnSums: [isPerWindow[0].first]
            case .rowSums, .softmax, .normalize, .logSumExp: [isPerWindow[0].last]
            default: []
            }
        guard !mixed.contains(true) else {
            throw .batchSize("it computes a window's outputs from other windows of the batch")
        }
        return (operation, operands)
    }

    private func operation(_ index: Int) throws(ForwardFault) -> ForwardOperation {
        let (one, other) = (
            first.tape.nodes[index].primitive, second.tape.nodes[index].primitive
        )
        let isPatched = imagesOfPatches(first.tape.nodes[index].operands.first ?? index) != nil
        switch (one, other) {
        case (.linear, .linear) where isPatched:
            guard case .patches(let layout) = try operation(first.tape.nodes[index].operands[0])
            else { break }
            return .convolution(layout, filters: shapes[index].last?.count ?? 0)
        case (.patches(let layout), .patches(let otherLayout)):
            return .patches(
                layout.with(images: try images(layout.images, otherLayout.images)))
        case (.correlate(let form), .correlate(let otherForm)):
            let layout = PatchLayout(
                signals: try images(form.images, otherForm.images), length: form.length,
                channels: form.channels, kernel: form.kernel)
            return .convolution(layout, filters: form.filters)
        case (.permute(let permutation), .permute(let otherPermutation))
        where permutation.order == otherPermutation.order:
            return .permute(
                extents: try Self.extents(
                    permutation.extents, otherPermutation.extents, first.windows, second.windows),
                order: permutation.order)
        case (.slice(let offset), .slice(let otherOffset)):
            let place = try Self.extents([offset], [otherOffset], first.windows, second.windows)[0]
            guard place.isPerWindow || place.count == 0 else {
                throw .batchSize("it takes numbers from one place of a whole batch")
            }
            return .slice(offset: place.count)
        default: break
        }
        guard one == other else {
            throw .batchSize("it computes with other numbers for another number of windows")
        }
        return try one.forwardOperation()
    }

    private func images(_ one: Int, _ other: Int) throws(ForwardFault) -> Int {
        let extent = try Self.extents([one], [other], first.windows, second.windows)[0]
        guard extent.isPerWindow else {
            throw .batchSize("a convolution has one number of images for any number of windows")
        }
        return extent.count
    }
}

extension Primitive {
    /// The operation of a forward graph, when nothing in it depends on the number of windows.
    fileprivate func forwardOperation() throws(ForwardFault) -> ForwardOperation {
        switch self {
        case .linear: .linear
        case .product(let left, let right): .product(left: left, right: right)
        case .batchedProduct(let left, let right): .batchedProduct(left: left, right: right)
        case .add: .add
        case .subtract: .subtract
        case .multiply: .multiply
        case .scale(let factor): .scale(factor)
        case .relu: .relu
        case .gate: .gate
        case .map(let function, derivative: 0): .map(function)
        case .reshape: .reshape
        case .columnSums: .columnSums
        case .rowSums: .rowSums
        case .repeatRow: .repeatRow
        case .repeatColumn: .repeatColumn
        case .fill: .fill
        case .softmax: .softmax
        case .normalize(let rule): .normalize(rule)
        case .logSumExp: .logSumExp
        case .sum:
            throw .batchSize("it computes a window's outputs from other windows of the batch")
        case .input: throw .operation("with an input besides the windows")
        default: throw .operation(String(describing: self))
        }
    }
}
