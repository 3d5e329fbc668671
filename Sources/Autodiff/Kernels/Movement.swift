/// Kernels that move numbers without computing with them, or only add them up.
enum Movement {
    /// Patches of images; see ``PatchLayout``.
    static func patches<Scalar: TensorScalar>(
        _ layout: PatchLayout, _ x: Span<Scalar>, into result: inout MutableSpan<Scalar>,
        accumulating: Bool
    ) {
        precondition(
            x.count == layout.inputCount
                && result.count == layout.patchCount * layout.patchWidth,
            "images and patches do not fit the layout")
        if !accumulating && !layout.isFull {
            Elementwise.fill(0, into: &result, accumulating: false)
        }
        layout.forEachRun { patch, image, count in
            let source = x.extracting(image..<image + count)
            var target = result._mutatingExtracting(patch..<patch + count)
            if accumulating {
                for index in 0..<count { target[index] += source[index] }
            } else {
                for index in 0..<count { target[index] = source[index] }
            }
        }
    }

    /// Adds up for each pixel what all patches hold of it: the transpose of ``patches``.
    static func patchSums<Scalar: TensorScalar>(
        _ layout: PatchLayout, _ x: Span<Scalar>, into result: inout MutableSpan<Scalar>,
        accumulating: Bool
    ) {
        precondition(
            result.count == layout.inputCount && x.count == layout.patchCount * layout.patchWidth,
            "images and patches do not fit the layout")
        if !accumulating { Elementwise.fill(0, into: &result, accumulating: false) }
        layout.forEachRun { patch, image, count in
            let source = x.extracting(patch..<patch + count)
            var target = result._mutatingExtracting(image..<image + count)
            for index in 0..<count { target[index] += source[index] }
        }
    }

    /// Changes the order of axes.
    static func permute<Scalar: TensorScalar>(
        _ permutation: Permutation, _ x: Span<Scalar>, into result: inout MutableSpan<Scalar>,
        accumulating: Bool
    ) {
        precondition(
            x.count == permutation.count && result.count == x.count,
            "a permutation of \(permutation.extents) was given \(x.count) numbers")
        guard x.count > 0 else { return }
        if let matrices = permutation.transposition {
            return VectorLoops.transpose(
                x, count: matrices.count, rows: matrices.rows, columns: matrices.columns,
                into: &result, accumulating: accumulating)
        }
        let (extents, strides) = (permutation.result, permutation.strides)
        let last = extents.count - 1
        let (count, step) = (extents[last], strides[last])
        for start in stride(from: 0, to: result.count, by: count) {
            // Where the row begins, its number being that of an odometer.
            var (rest, source) = (start / count, 0)
            for axis in (0..<last).reversed() {
                source += rest % extents[axis] * strides[axis]
                rest /= extents[axis]
            }
            var target = result._mutatingExtracting(start..<start + count)
            let values = x.extracting(source..<source + (count - 1) * step + 1)
            if accumulating {
                for index in 0..<count { target[index] += values[index &* step] }
            } else if step == 1 {
                for index in 0..<count { target[index] = values[index] }
            } else {
                for index in 0..<count { target[index] = values[index &* step] }
            }
        }
    }

    /// A part of the numbers.
    static func slice<Scalar: TensorScalar>(
        from offset: Int, _ x: Span<Scalar>, into result: inout MutableSpan<Scalar>,
        accumulating: Bool
    ) {
        Elementwise.scale(
            x.extracting(offset..<offset + result.count), by: 1, into: &result,
            accumulating: accumulating)
    }

    /// Numbers as a part of zeros: the transpose of ``slice``.
    static func embed<Scalar: TensorScalar>(
        at offset: Int, _ x: Span<Scalar>, into result: inout MutableSpan<Scalar>,
        accumulating: Bool
    ) {
        if !accumulating { Elementwise.fill(0, into: &result, accumulating: false) }
        var part = result._mutatingExtracting(offset..<offset + x.count)
        Elementwise.scale(x, by: 1, into: &part, accumulating: true)
    }
}
