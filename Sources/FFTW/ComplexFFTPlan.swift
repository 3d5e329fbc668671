private import CFFTW3

/// The discrete Fourier transform of `length` complex numbers, and its inverse, in double or
/// single precision.
///
/// Forward: `X[k] = Σₙ x[n] · exp(-2πi·k·n / length)`. No transform divides: forward and inverse
/// together multiply by ``length``.
///
/// Two real signals that pass the same real-valued, symmetric frequency response can travel as
/// real and imaginary part of one complex signal and never mix. On FFTW this takes about two
/// thirds of the time of two transforms by ``RealFFTPlan``.
///
/// `ESTIMATE` only, immutable and for any number of threads, as ``RealFFTPlan``.
@safe
package final class ComplexFFTPlan<Number: FFTNumber>: @unchecked Sendable {
    // Unchecked for the reason given in `RealFFTPlan`.
    private let plans: PlanPair<Number>
    /// The number of complex numbers.
    package let length: Int

    /// Plans transforms of a length.
    ///
    /// - Parameter length: From 1 to `Int32.max`; products of 2, 3, 5 and 7 are the fastest.
    package init(length: Int) {
        PlanPair<Number>.check(length: length)
        self.length = length
        let sample = Workspace(length: length)
        unsafe plans = PlanPair(
            length: length,
            makeForward: {
                unsafe Number.makeComplexPlan(
                    length: length, from: sample.signalPointer, to: sample.spectrumPointer,
                    sign: FFTW_FORWARD)
            },
            makeInverse: {
                unsafe Number.makeComplexPlan(
                    length: length, from: sample.spectrumPointer, to: sample.signalPointer,
                    sign: FFTW_BACKWARD)
            })
    }

    /// Buffers for this plan, filled with zeros.
    package func makeWorkspace() -> Workspace { Workspace(length: length) }

    /// Transforms the workspace's signal into its spectrum. The signal stays.
    package func forward(_ workspace: inout Workspace) {
        check(workspace)
        unsafe Number.execute(
            plans.forward, from: workspace.signalPointer, to: workspace.spectrumPointer)
    }

    /// Transforms one of several signals into the workspace's spectrum. The signal stays.
    ///
    /// - Parameters:
    ///   - lanes: Signals of at least ``length`` numbers.
    ///   - lane: Which of them; its first ``length`` numbers count.
    ///   - workspace: Where the spectrum goes.
    package func forward(
        _ lanes: borrowing PairLanes<Number>, lane: Int, into workspace: inout Workspace
    ) {
        check(workspace)
        precondition(
            lanes.length >= length, "a plan for \(length) samples was given \(lanes.length)")
        unsafe Number.execute(
            plans.forward, from: lanes.pointer(lane), to: workspace.spectrumPointer)
    }

    /// Transforms the workspace's spectrum into its signal, times ``length``. The spectrum is
    /// lost.
    package func inverse(_ workspace: inout Workspace) {
        check(workspace)
        unsafe Number.execute(
            plans.inverse, from: workspace.spectrumPointer, to: workspace.signalPointer)
    }

    private func check(_ workspace: borrowing Workspace) {
        precondition(
            workspace.length == length,
            "a plan for \(length) samples was given a workspace for \(workspace.length)")
    }

    /// The buffers of one transform at a time.
    @safe
    package struct Workspace: ~Copyable {
        /// The number of complex numbers.
        package let length: Int
        private var signal: AlignedBuffer<Number>
        private var spectrum: AlignedBuffer<Number>

        fileprivate init(length: Int) {
            self.length = length
            signal = AlignedBuffer(count: 2 * length)
            spectrum = AlignedBuffer(count: 2 * length)
        }

        fileprivate var signalPointer: UnsafeMutablePointer<Number> { unsafe signal.pointer }

        fileprivate var spectrumPointer: UnsafeMutablePointer<Number> {
            unsafe spectrum.pointer
        }

        /// Lends the signal: real part `x`, imaginary part `y`.
        package mutating func withSignal<Result, Failure: Error>(
            _ body: (inout MutableSpan<SIMD2<Number>>) throws(Failure) -> Result
        ) throws(Failure) -> Result {
            try signal.withPairs(body)
        }

        /// Lends the signal as numbers: for each the real part, then the imaginary part.
        package mutating func withSignalNumbers<Result, Failure: Error>(
            _ body: (inout MutableSpan<Number>) throws(Failure) -> Result
        ) throws(Failure) -> Result {
            try signal.withNumbers(body)
        }

        /// Lends the spectrum as numbers: for each bin the real part, then the imaginary part.
        package mutating func withSpectrumNumbers<Result, Failure: Error>(
            _ body: (inout MutableSpan<Number>) throws(Failure) -> Result
        ) throws(Failure) -> Result {
            try spectrum.withNumbers(body)
        }

        /// Lends the spectrum: real part `x`, imaginary part `y`.
        package mutating func withSpectrum<Result, Failure: Error>(
            _ body: (inout MutableSpan<SIMD2<Number>>) throws(Failure) -> Result
        ) throws(Failure) -> Result {
            try spectrum.withPairs(body)
        }
    }
}
