private import CVectorKernels

/// Pooling by the largest number of each patch and channel, in C. Of several largest ones it is the
/// first; what is not a number counts as the largest.
enum Pooling {
    /// The largest numbers, `[patches, channels]`.
    static func largest<Scalar: TensorScalar>(
        _ layout: PatchLayout, _ x: Span<Scalar>, into result: inout MutableSpan<Scalar>,
        accumulating: Bool
    ) {
        gather(layout, x, Span(), into: &result, accumulating: accumulating)
    }

    /// What `values` holds where `x` has its largest numbers, `[patches, channels]`.
    static func select<Scalar: TensorScalar>(
        _ layout: PatchLayout, _ values: Span<Scalar>, where x: Span<Scalar>,
        into result: inout MutableSpan<Scalar>, accumulating: Bool
    ) {
        precondition(values.count == x.count, "images differ in size")
        gather(layout, x, values, into: &result, accumulating: accumulating)
    }

    private static func gather<Scalar: TensorScalar>(
        _ layout: PatchLayout, _ x: Span<Scalar>, _ values: Span<Scalar>,
        into result: inout MutableSpan<Scalar>, accumulating: Bool
    ) {
        check(layout, images: x.count, patches: result.count)
        let adds: Int32 = accumulating ? 1 : 0
        let (input, kernel, output) = (layout.input, layout.kernel, layout.output)
        unsafe x.withUnsafeBufferPointer { x in
            unsafe values.withUnsafeBufferPointer { values in
                unsafe result.withUnsafeMutableBufferPointer { result in
                    guard let x = x.baseAddress, let r = result.baseAddress else { return }
                    let v = values.isEmpty ? nil : values.baseAddress
                    if Scalar.self == Float.self {
                        unsafe myotask_max_pool_float(
                            VectorLoops.float(r), VectorLoops.float(x),
                            v.map { unsafe VectorLoops.float($0) }, layout.images, input.height,
                            input.width, layout.channels, kernel.height, kernel.width,
                            layout.stride, output.height, output.width, adds)
                    } else {
                        unsafe myotask_max_pool_double(
                            VectorLoops.double(r), VectorLoops.double(x),
                            v.map { unsafe VectorLoops.double($0) }, layout.images, input.height,
                            input.width, layout.channels, kernel.height, kernel.width,
                            layout.stride, output.height, output.width, adds)
                    }
                }
            }
        }
    }

    /// Numbers given for each patch, where `x` has its largest ones, among zeros: the transpose of
    /// ``select(_:_:where:into:accumulating:)``.
    static func spread<Scalar: TensorScalar>(
        _ layout: PatchLayout, _ given: Span<Scalar>, where x: Span<Scalar>,
        into result: inout MutableSpan<Scalar>, accumulating: Bool
    ) {
        check(layout, images: x.count, patches: given.count)
        precondition(result.count == x.count, "images differ in size")
        if !accumulating { Elementwise.fill(0, into: &result, accumulating: false) }
        let (input, kernel, output) = (layout.input, layout.kernel, layout.output)
        unsafe x.withUnsafeBufferPointer { x in
            unsafe given.withUnsafeBufferPointer { given in
                unsafe result.withUnsafeMutableBufferPointer { result in
                    guard let x = x.baseAddress, let g = given.baseAddress,
                        let r = result.baseAddress
                    else { return }
                    if Scalar.self == Float.self {
                        unsafe myotask_max_pool_spread_float(
                            VectorLoops.float(r), VectorLoops.float(x), VectorLoops.float(g),
                            layout.images, input.height, input.width, layout.channels,
                            kernel.height, kernel.width, layout.stride, output.height,
                            output.width)
                    } else {
                        unsafe myotask_max_pool_spread_double(
                            VectorLoops.double(r), VectorLoops.double(x), VectorLoops.double(g),
                            layout.images, input.height, input.width, layout.channels,
                            kernel.height, kernel.width, layout.stride, output.height,
                            output.width)
                    }
                }
            }
        }
    }

    private static func check(_ layout: PatchLayout, images: Int, patches: Int) {
        precondition(
            images == layout.inputCount && patches == layout.patchCount * layout.channels
                && layout.isFull && layout.dilation == 1 && layout.kernel.count <= 255,
            "images and patches do not fit the layout")
    }
}
