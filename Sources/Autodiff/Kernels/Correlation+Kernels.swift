private import CVectorKernels

/// Convolutions over signals in C; see ``Correlation`` for the shapes.
extension Correlation {
    /// Whether the loops in C take such a convolution.
    static func fits(_ kernel: Int, _ channels: Int, _ filters: Int) -> Bool {
        kernel * channels >= 16 && filters >= 1
            && (kernel + 11) * filters <= Int(MYOTASK_CORRELATION_BORDER)
    }

    /// `y` of `x` and `w`, plus a bias of each filter unless it is empty.
    func outputs<Scalar: TensorScalar>(
        _ x: Span<Scalar>, _ w: Span<Scalar>, bias: Span<Scalar>,
        into result: inout MutableSpan<Scalar>, accumulating: Bool
    ) {
        precondition(
            x.count == inputCount && w.count == kernelCount && result.count == outputCount
                && (bias.isEmpty || bias.count == filters),
            "a convolution was given other sizes than its own")
        // The loop starts sums from the bias or from what is there.
        let startsFromBias = !bias.isEmpty && !accumulating
        if !bias.isEmpty && accumulating {
            Rows.repeatRow(bias, into: &result, accumulating: true)
        }
        let adds: Int32 = accumulating ? 1 : 0
        // Safe: all four lengths are checked above, and by `init` what the loop asks of sizes.
        unsafe x.withUnsafeBufferPointer { x in
            unsafe w.withUnsafeBufferPointer { w in
                unsafe bias.withUnsafeBufferPointer { bias in
                    unsafe result.withUnsafeMutableBufferPointer { result in
                        guard let x = x.baseAddress, let w = w.baseAddress,
                            let r = result.baseAddress
                        else { return }
                        let start = startsFromBias ? bias.baseAddress : nil
                        if Scalar.self == Float.self {
                            unsafe myotask_correlate_float(
                                VectorLoops.float(r), VectorLoops.float(x), VectorLoops.float(w),
                                start.map { unsafe VectorLoops.float($0) }, images, length,
                                channels, kernel, filters, adds)
                        } else {
                            unsafe myotask_correlate_double(
                                VectorLoops.double(r), VectorLoops.double(x),
                                VectorLoops.double(w), start.map { unsafe VectorLoops.double($0) },
                                images, length, channels, kernel, filters, adds)
                        }
                    }
                }
            }
        }
    }

    /// `x` of `y` and `w`.
    func inputs<Scalar: TensorScalar>(
        _ y: Span<Scalar>, _ w: Span<Scalar>, into result: inout MutableSpan<Scalar>,
        accumulating: Bool
    ) {
        precondition(
            y.count == outputCount && w.count == kernelCount && result.count == inputCount,
            "a convolution was given other sizes than its own")
        unsafe call(
            y, w, &result, accumulating, unsafe myotask_correlate_input_float,
            unsafe myotask_correlate_input_double)
    }

    /// `w` of `x` and `y`.
    func kernels<Scalar: TensorScalar>(
        _ x: Span<Scalar>, _ y: Span<Scalar>, into result: inout MutableSpan<Scalar>,
        accumulating: Bool
    ) {
        precondition(
            x.count == inputCount && y.count == outputCount && result.count == kernelCount,
            "a convolution was given other sizes than its own")
        unsafe call(
            x, y, &result, accumulating, unsafe myotask_correlate_kernel_float,
            unsafe myotask_correlate_kernel_double)
    }

    private typealias FloatLoop =
        @convention(c) (
            UnsafeMutablePointer<Float>?, UnsafePointer<Float>?, UnsafePointer<Float>?, Int, Int,
            Int,
            Int, Int, Int32
        ) -> Void
    private typealias DoubleLoop =
        @convention(c) (
            UnsafeMutablePointer<Double>?, UnsafePointer<Double>?, UnsafePointer<Double>?, Int, Int,
            Int, Int, Int, Int32
        ) -> Void

    // Safe: the callers have checked all three lengths, and `init` what the loops ask of sizes.
    @inline(__always)
    private func call<Scalar: TensorScalar>(
        _ first: Span<Scalar>, _ second: Span<Scalar>, _ result: inout MutableSpan<Scalar>,
        _ accumulating: Bool, _ float: FloatLoop, _ double: DoubleLoop
    ) {
        let adds: Int32 = accumulating ? 1 : 0
        unsafe first.withUnsafeBufferPointer { first in
            unsafe second.withUnsafeBufferPointer { second in
                unsafe result.withUnsafeMutableBufferPointer { result in
                    guard let a = first.baseAddress, let b = second.baseAddress,
                        let r = result.baseAddress
                    else { return }
                    if Scalar.self == Float.self {
                        unsafe float(
                            VectorLoops.float(r), VectorLoops.float(a), VectorLoops.float(b),
                            images, length, channels, kernel, filters, adds)
                    } else {
                        unsafe double(
                            VectorLoops.double(r), VectorLoops.double(a), VectorLoops.double(b),
                            images, length, channels, kernel, filters, adds)
                    }
                }
            }
        }
    }
}
