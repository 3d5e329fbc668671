extension Tape {
    /// The numbers of values that depend on parameters alone.
    ///
    /// - Parameters:
    ///   - wanted: Their nodes.
    ///   - parameters: The flat vector.
    /// - Returns: The numbers of each, as an ``Execution`` has them.
    func constants(_ wanted: [Int], parameters: [Float]) -> [Int: [Float]] {
        var needed = Set(wanted)
        for index in nodes.indices.reversed() where needed.contains(index) {
            needed.formUnion(nodes[index].operands)
        }
        // Recorded once more without all else, which may be as large as a batch.
        var tape = Tape()
        var values: [Float] = []
        var places: [Int: Variable] = [:]
        var result: [Int: [Float]] = [:]
        for index in needed.sorted() {
            let node = nodes[index]
            if case .parameter(let offset) = node.primitive {
                places[index] = tape.parameter(node.shape)
                let numbers = parameters[offset..<offset + node.shape.count]
                values += numbers
                if wanted.contains(index) { result[index] = Array(numbers) }
            } else {
                places[index] = tape.append(
                    node.primitive, node.operands.compactMap { places[$0] }, node.shape)
            }
        }
        let computed = wanted.filter { result[$0] == nil }
        var total: Variable?
        for variable in computed.compactMap({ places[$0] }) {
            let sum = tape.sum(variable)
            total = total.map { tape.add($0, sum) } ?? sum
        }
        guard let total else { return result }
        var execution = Execution<Float>(
            Gradient(of: total, on: tape), keeping: computed.compactMap { places[$0] })
        execution.run(parameters: values)
        for index in computed {
            guard let variable = places[index] else { continue }
            result[index] = execution.elements(of: variable)
        }
        return result
    }

    /// The place in the flat vector of the one parameter whose numbers a node has, in whatever
    /// order; `nil` when it is computed otherwise.
    func parameterPlace(of index: Int) -> Int? {
        switch nodes[index].primitive {
        case .parameter(let offset): offset
        case .reshape, .permute: parameterPlace(of: nodes[index].operands[0])
        default: nil
        }
    }
}
