internal import Autodiff

// Sums, products and other orders of axes.
extension CNetwork {
    /// Records sums along rows or columns.
    mutating func sums(_ index: Int, alongRows: Bool) {
        let operand = forward.nodes[index].operands[0]
        let extents = forward.nodes[operand].shape.map(\.count)
        let source = pointer(operand)
        let target = result(index)
        let place = alongRows ? "i * \(extents[1]) + j" : "j * \(extents[1]) + i"
        let (count, length) = alongRows ? (extents[0], extents[1]) : (extents[1], extents[0])
        statements.append(
            "for (i = 0; i < \(count); i++) { float sum = 0.0f; for (j = 0; j < \(length); j++) "
                + "sum += (\(source))[\(place)]; (\(target))[i] = sum; }")
    }

    /// Records products of matrices.
    mutating func product(_ index: Int) {
        let node = forward.nodes[index]
        let forms: [MatrixForm] =
            switch node.operation {
            case .product(let left, let right), .batchedProduct(let left, let right):
                [left, right]
            default: []
            }
        let shapes = node.operands.map { forward.nodes[$0].shape.map(\.count) }
        func steps(_ shape: [Int], _ form: MatrixForm) -> String {
            let (rows, columns) = (shape[shape.count - 2], shape[shape.count - 1])
            let (row, column) = form == .plain ? (columns, 1) : (1, columns)
            return "(const size_t[3]){\(rows * columns), \(row), \(column)}"
        }
        let left = shapes[0]
        let inner = forms[0] == .plain ? left[left.count - 1] : left[left.count - 2]
        let extents = node.shape.map(\.count)
        call(
            .products, "products",
            [
                pointer(node.operands[0]), steps(shapes[0], forms[0]), pointer(node.operands[1]),
                steps(shapes[1], forms[1]), result(index),
                "\(extents.dropLast(2).reduce(1, *))", "\(extents[extents.count - 2])",
                "\(inner)", "\(extents[extents.count - 1])",
            ])
    }

    /// Records a change of the order of axes.
    mutating func permute(_ index: Int, _ permutation: Permutation) {
        let source = pointer(forward.nodes[index].operands[0])
        let target = result(index)
        var loops = ""
        var place: [String] = []
        for (axis, stride) in permutation.strides.enumerated() {
            let extent = permutation.result[axis]
            guard extent > 1 else { continue }
            loops += "for (a\(axis) = 0; a\(axis) < \(extent); a\(axis)++) "
            place.append(stride == 1 ? "a\(axis)" : "a\(axis) * \(stride)")
        }
        let axes = permutation.result.indices.filter { permutation.result[$0] > 1 }
        let variables =
            axes.isEmpty ? "" : "size_t \(axes.map { "a\($0)" }.joined(separator: ", ")); "
        statements.append(
            "{ \(variables)float *to = \(target); \(loops)*to++ = "
                + "(\(source))[\(place.isEmpty ? "0" : place.joined(separator: " + "))]; }")
    }

    /// The layout of a convolution as a constant.
    func literal(_ layout: PatchLayout) -> String {
        let members = [
            layout.images, layout.input.height, layout.input.width, layout.channels,
            layout.kernel.height, layout.kernel.width, layout.dilation, layout.stride,
            layout.before.height, layout.before.width, layout.output.height, layout.output.width,
        ]
        let text = members.map { "\($0)" }.joined(separator: ", ")
        return "&(const struct myotask_layout){\(text)}"
    }
}
