private import CFFTW3

/// A number that FFTW transforms: `Double`, or `Float` at about twice the speed.
///
/// The requirements are the C functions of each precision; ``ComplexFFTPlan`` is their only user.
package protocol FFTNumber: BinaryFloatingPoint, SIMDScalar, Codable, Sendable, SendableMetatype {
    /// Plans for complex numbers by length, shared by all who ask.
    static var complexPlans: LengthCache<ComplexFFTPlan<Self>> { get }

    /// A plan out of place, made for aligned memory; `sign` is FFTW's. Call it under the planner's
    /// lock.
    @unsafe static func makeComplexPlan(
        length: Int, from: UnsafeMutablePointer<Self>, to: UnsafeMutablePointer<Self>, sign: Int32
    ) -> OpaquePointer?

    /// Executes a plan on other memory of the same alignment.
    @unsafe static func execute(
        _ plan: OpaquePointer, from: UnsafeMutablePointer<Self>, to: UnsafeMutablePointer<Self>)

    /// Destroys a plan. Call it under the planner's lock.
    @unsafe static func destroy(_ plan: OpaquePointer)
}

extension Double: FFTNumber {
    private static let plans = LengthCache { ComplexFFTPlan<Double>(length: $0) }

    package static var complexPlans: LengthCache<ComplexFFTPlan<Double>> { plans }

    @unsafe package static func makeComplexPlan(
        length: Int, from: UnsafeMutablePointer<Double>, to: UnsafeMutablePointer<Double>,
        sign: Int32
    ) -> OpaquePointer? {
        unsafe fftw_plan_dft_1d(
            Int32(length),
            UnsafeMutableRawPointer(from).assumingMemoryBound(to: fftw_complex.self),
            UnsafeMutableRawPointer(to).assumingMemoryBound(to: fftw_complex.self), sign,
            FFTW_ESTIMATE | FFTW_PRESERVE_INPUT)
    }

    @unsafe package static func execute(
        _ plan: OpaquePointer, from: UnsafeMutablePointer<Double>,
        to: UnsafeMutablePointer<Double>
    ) {
        unsafe fftw_execute_dft(
            plan, UnsafeMutableRawPointer(from).assumingMemoryBound(to: fftw_complex.self),
            UnsafeMutableRawPointer(to).assumingMemoryBound(to: fftw_complex.self))
    }

    @unsafe package static func destroy(_ plan: OpaquePointer) { unsafe fftw_destroy_plan(plan) }
}

extension Float: FFTNumber {
    private static let plans = LengthCache { ComplexFFTPlan<Float>(length: $0) }

    package static var complexPlans: LengthCache<ComplexFFTPlan<Float>> { plans }

    @unsafe package static func makeComplexPlan(
        length: Int, from: UnsafeMutablePointer<Float>, to: UnsafeMutablePointer<Float>,
        sign: Int32
    ) -> OpaquePointer? {
        unsafe fftwf_plan_dft_1d(
            Int32(length),
            UnsafeMutableRawPointer(from).assumingMemoryBound(to: fftwf_complex.self),
            UnsafeMutableRawPointer(to).assumingMemoryBound(to: fftwf_complex.self), sign,
            FFTW_ESTIMATE | FFTW_PRESERVE_INPUT)
    }

    @unsafe package static func execute(
        _ plan: OpaquePointer, from: UnsafeMutablePointer<Float>, to: UnsafeMutablePointer<Float>
    ) {
        unsafe fftwf_execute_dft(
            plan, UnsafeMutableRawPointer(from).assumingMemoryBound(to: fftwf_complex.self),
            UnsafeMutableRawPointer(to).assumingMemoryBound(to: fftwf_complex.self))
    }

    @unsafe package static func destroy(_ plan: OpaquePointer) { unsafe fftwf_destroy_plan(plan) }
}
