internal import Autodiff

/// A network for one window as statements of C over one block of memory, and tables of constants.
struct CNetwork {
    /// The tables.
    private(set) var tables = ""
    /// The statements, one a line.
    var statements: [String] = []
    /// What is called.
    private(set) var functions: Set<CFunction> = []
    /// Numbers of all tables.
    private(set) var tableCount = 0
    /// Numbers of the memory.
    var memoryCount: Int { memory.count }

    /// Where a value is.
    private enum Place {
        /// An expression of C that points at its first number.
        case at(String, offset: Int)
        /// A vector that stands for a matrix of which every row is it.
        case row(Int)
        /// A vector that stands for a matrix of which every column is it.
        case column(Int)
    }

    let forward: ForwardGraph
    private let parameterNames: [Int: String]
    private var places: [Int: Place] = [:]
    private var memory = CMemory()
    private var names: Set<String> = []
    /// The last node that reads each value, or what is an other view of it.
    private var lastUse: [Int]
    /// The value whose numbers a node has.
    private var owners: [Int]

    /// Translates a network.
    ///
    /// - Parameter network: The network.
    init(_ network: ExportedNetwork) {
        forward = network.graph
        parameterNames = network.parameterNames
        owners = Array(forward.nodes.indices)
        lastUse = owners
        for index in forward.nodes.indices where isView(index) {
            owners[index] = owners[forward.nodes[index].operands[0]]
        }
        for (index, node) in forward.nodes.enumerated() {
            for operand in node.operands {
                lastUse[owners[operand]] = max(lastUse[owners[operand]], index)
            }
        }
        lastUse[owners[forward.output]] = forward.nodes.count
        for index in forward.nodes.indices {
            let lastUse = lastUse
            memory.release { lastUse[$0] < index }
            translate(index)
        }
    }

    /// The input, where a window is put.
    var input: String { "myotask_memory" }

    /// The logits.
    var output: String { pointer(forward.output) }

    /// The statements as the body of a function.
    var body: String {
        let counters = ["i", "j"].filter { name in
            statements.contains { $0.contains("(\(name) = 0") }
        }
        let declaration = counters.isEmpty ? [] : ["size_t \(counters.joined(separator: ", "));"]
        return (declaration + statements).map { "    \($0)\n" }.joined()
    }

    /// Whether a node has the numbers of another one.
    private func isView(_ index: Int) -> Bool {
        switch forward.nodes[index].operation {
        case .reshape, .slice: true
        case .repeatRow, .repeatColumn: isBroadcastByReaders(index)
        default: false
        }
    }

    /// Whether all that read a matrix of equal rows or columns can read the vector instead.
    private func isBroadcastByReaders(_ index: Int) -> Bool {
        index != forward.output
            && forward.nodes.allSatisfy { node in
                guard node.operands.contains(index) else { return true }
                switch node.operation {
                case .add, .subtract, .multiply: return node.shape.count == 2
                default: return false
                }
            }
    }

    // MARK: values

    func pointer(_ index: Int) -> String {
        switch places[index] {
        case .at(let base, let offset): offset == 0 ? base : "\(base) + \(offset)"
        case .row(let source), .column(let source): pointer(source)
        case nil: ""
        }
    }

    /// One element of an operand, by the row `i` and the column `j` of the result or its number `i`.
    private func element(_ index: Int, columns: Int?) -> String {
        switch places[index] {
        case .row(let source): "(\(pointer(source)))[j]"
        case .column(let source): "(\(pointer(source)))[i]"
        case .at, nil:
            columns.map { "(\(pointer(index)))[i * \($0) + j]" } ?? "(\(pointer(index)))[i]"
        }
    }

    /// Takes room for a result.
    mutating func result(_ index: Int, inPlaceOf operand: Int? = nil) -> String {
        let size = forward.nodes[index].count
        if let operand, case .at(_, let offset) = places[operand] {
            let owner = owners[operand]
            if lastUse[owner] == index, forward.nodes[owner].count == size,
                places[owner].map({
                    if case .at("myotask_memory", offset) = $0 { true } else { false }
                })
                    ?? false
            {
                memory.handOver(from: owner, to: index)
                places[index] = .at("myotask_memory", offset: offset)
                return pointer(index)
            }
        }
        places[index] = .at("myotask_memory", offset: memory.take(size, for: index))
        return pointer(index)
    }

    private mutating func table(_ values: [Float], parameter: Int?) -> String {
        let wanted = CText.identifier(
            "parameter_", parameter.flatMap { parameterNames[$0] } ?? "constant")
        var name = wanted
        var number = 1
        while !names.insert(name).inserted {
            number += 1
            name = "\(wanted)_\(number)"
        }
        tables += CText.table("float", name, values.map { CText.literal($0) }) + "\n"
        tableCount += values.count
        return name
    }

    mutating func call(
        _ function: CFunction, _ name: String, _ arguments: [String]
    ) {
        functions.insert(function)
        statements.append("myotask_\(name)(\(arguments.joined(separator: ", ")));")
    }

    // MARK: operations

    private mutating func translate(_ index: Int) {
        let node = forward.nodes[index]
        let operands = node.operands
        let columns = node.shape.last?.count ?? 1
        switch node.operation {
        case .input: _ = result(index)
        case .constant(let values, let parameter):
            places[index] = .at(table(values, parameter: parameter), offset: 0)
        case .linear:
            let inputs = forward.nodes[operands[0]].shape[1].count
            call(
                .linear, "linear",
                operands.map(pointer) + [result(index)]
                    + ["\(node.count / columns)", "\(inputs)", "\(columns)"])
        case .product, .batchedProduct: product(index)
        case .add: elementwise(index, "+")
        case .subtract: elementwise(index, "-")
        case .multiply: elementwise(index, "*")
        case .scale(let factor):
            map(index) { "\($0) * \(CText.literal(Float(factor)))" }
        case .relu: map(index) { "\($0) > 0.0f ? \($0) : 0.0f" }
        case .gate:
            let gate = element(operands[1], columns: nil)
            map(index) { "\(gate) > 0.0f ? \($0) : 0.0f" }
        case .map(let function): map(index, function)
        case .reshape: places[index] = places[operands[0]]
        case .slice(let offset):
            guard case .at(let base, let start) = places[operands[0]] else { break }
            places[index] = .at(base, offset: start + offset)
        case .permute(let extents, let order):
            permute(index, Permutation(extents: extents.map(\.count), order: order))
        case .convolution(let layout, let filters):
            call(
                .convolution, "convolution",
                operands.map(pointer) + [result(index), "\(filters)", literal(layout)])
        case .patches(let layout):
            call(.patches, "patches", [pointer(operands[0]), result(index), literal(layout)])
        case .columnSums: sums(index, alongRows: false)
        case .rowSums: sums(index, alongRows: true)
        case .repeatRow:
            guard !isView(index) else { return places[index] = .row(operands[0]) }
            repeated(index, "j", columns: columns)
        case .repeatColumn:
            guard !isView(index) else { return places[index] = .column(operands[0]) }
            repeated(index, "i", columns: columns)
        case .fill:
            let source = pointer(operands[0])
            fill(result(index), "(\(source))[0]", count: node.count)
        case .softmax: rows(index, .softmax, "softmax")
        case .logSumExp:
            let width = forward.nodes[operands[0]].shape[1].count
            let source = pointer(operands[0])
            call(
                .logSumExp, "log_sum_exp", [source, result(index), "\(node.count)", "\(width)"])
        case .normalize(.standardized(let epsilon)):
            rows(index, .standardize, "standardize", [CText.literal(Float(epsilon))])
        case .normalize(.unitLength): rows(index, .unitLength, "unit_length")
        }
    }

    private mutating func rows(
        _ index: Int, _ function: CFunction, _ name: String, _ more: [String] = []
    ) {
        let node = forward.nodes[index]
        let columns = node.shape.last?.count ?? 1
        let source = pointer(node.operands[0])
        call(
            function, name,
            [source, result(index, inPlaceOf: node.operands[0])]
                + ["\(node.count / max(1, columns))", "\(columns)"] + more)
    }

    private mutating func fill(_ target: String, _ value: String, count: Int) {
        statements.append("for (i = 0; i < \(count); i++) (\(target))[i] = \(value);")
    }

    private mutating func map(_ index: Int, _ expression: (String) -> String) {
        let node = forward.nodes[index]
        let source = element(node.operands[0], columns: nil)
        fill(
            result(index, inPlaceOf: node.operands[0]), expression(source), count: node.count)
    }

    private mutating func map(_ index: Int, _ function: ElementFunction) {
        let (needed, name): (CFunction, String) =
            switch function {
            case .gelu: (.gelu, "myotask_gelu")
            case .tanh: (.tanh, "myotask_tanh")
            case .sigmoid: (.sigmoid, "myotask_sigmoid")
            case .exponential: (.exponential, "(float)myotask_exp")
            case .logarithm: (.logarithm, "(float)myotask_log")
            }
        functions.insert(needed)
        map(index) { "\(name)(\($0))" }
    }

    private mutating func elementwise(_ index: Int, _ sign: String) {
        let node = forward.nodes[index]
        let columns = node.shape.count == 2 ? node.shape[1].count : nil
        let (left, right) = (
            element(node.operands[0], columns: columns), element(node.operands[1], columns: columns)
        )
        // A row or column of the left operand must not be overwritten before it has been read.
        let isApart = owners[node.operands[0]] != owners[node.operands[1]]
        let target = result(index, inPlaceOf: isApart ? node.operands[0] : nil)
        guard let columns else {
            return fill(target, "\(left) \(sign) \(right)", count: node.count)
        }
        statements.append(
            "for (i = 0; i < \(node.count / max(1, columns)); i++) for (j = 0; j < \(columns); j++) "
                + "(\(target))[i * \(columns) + j] = \(left) \(sign) \(right);")
    }

    private mutating func repeated(_ index: Int, _ variable: String, columns: Int) {
        let node = forward.nodes[index]
        let source = pointer(node.operands[0])
        let target = result(index)
        statements.append(
            "for (i = 0; i < \(node.count / max(1, columns)); i++) for (j = 0; j < \(columns); j++) "
                + "(\(target))[i * \(columns) + j] = (\(source))[\(variable)];")
    }
}
