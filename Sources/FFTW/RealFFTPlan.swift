private import CFFTW3

/// The discrete Fourier transform of `length` real numbers, and its inverse, in double precision.
///
/// Forward: `X[k] = Σₙ x[n] · exp(-2πi·k·n / length)` for `0 ≤ k ≤ length / 2`. No transform
/// divides: forward and inverse together multiply by ``length``.
///
/// Plans use FFTW's `ESTIMATE` only. Measuring would pick another algorithm, and with it other
/// last bits, from run to run.
///
/// A plan is immutable and may be executed by any number of threads at once, each with a
/// ``Workspace`` of its own. Both C plans are made for the workspaces' memory layout, so that
/// only workspaces of the same length can be passed.
@safe
package final class RealFFTPlan: @unchecked Sendable {
    // Unchecked, because C plans are opaque pointers: they are written in `init` only, and
    // FFTW's new-array execute functions do not change them.
    private let plans: PlanPair<Double>
    /// The number of real numbers.
    package let length: Int

    /// The number of complex bins, `length / 2 + 1`.
    package var binCount: Int { length / 2 + 1 }

    /// Plans transforms of a length.
    ///
    /// - Parameter length: From 1 to `Int32.max`; products of 2, 3, 5 and 7 are the fastest.
    package init(length: Int) {
        PlanPair<Double>.check(length: length)
        self.length = length
        let sample = Workspace(length: length)
        let flags = FFTW_ESTIMATE | FFTW_DESTROY_INPUT
        unsafe plans = PlanPair(
            length: length,
            makeForward: {
                unsafe fftw_plan_dft_r2c_1d(
                    Int32(length), sample.signalPointer, sample.spectrumPointer, flags)
            },
            makeInverse: {
                unsafe fftw_plan_dft_c2r_1d(
                    Int32(length), sample.spectrumPointer, sample.signalPointer, flags)
            })
    }

    /// Buffers for this plan, filled with zeros.
    package func makeWorkspace() -> Workspace { Workspace(length: length) }

    /// Transforms the workspace's signal into its spectrum. The signal is lost.
    package func forward(_ workspace: inout Workspace) {
        check(workspace)
        unsafe fftw_execute_dft_r2c(
            plans.forward, workspace.signalPointer, workspace.spectrumPointer)
    }

    /// Transforms the workspace's spectrum into its signal, times ``length``. The spectrum is
    /// lost; the imaginary parts of the bins 0 and, for even lengths, `length / 2` do not count.
    package func inverse(_ workspace: inout Workspace) {
        check(workspace)
        unsafe fftw_execute_dft_c2r(
            plans.inverse, workspace.spectrumPointer, workspace.signalPointer)
    }

    private func check(_ workspace: borrowing Workspace) {
        precondition(
            workspace.length == length,
            "a plan for \(length) samples was given a workspace for \(workspace.length)")
    }

    /// The buffers of one transform at a time.
    @safe
    package struct Workspace: ~Copyable {
        /// The number of real numbers.
        package let length: Int
        private var signal: AlignedBuffer<Double>
        private var spectrum: AlignedBuffer<Double>

        fileprivate init(length: Int) {
            self.length = length
            signal = AlignedBuffer(count: length)
            spectrum = AlignedBuffer(count: 2 * (length / 2 + 1))
        }

        fileprivate var signalPointer: UnsafeMutablePointer<Double> { unsafe signal.pointer }

        fileprivate var spectrumPointer: UnsafeMutablePointer<fftw_complex> {
            unsafe UnsafeMutableRawPointer(spectrum.pointer).assumingMemoryBound(
                to: fftw_complex.self)
        }

        /// Lends the real signal, ``length`` numbers.
        package mutating func withSignal<Result, Failure: Error>(
            _ body: (inout MutableSpan<Double>) throws(Failure) -> Result
        ) throws(Failure) -> Result {
            try signal.withNumbers(body)
        }

        /// Lends the spectrum: for each bin the real part, then the imaginary part.
        package mutating func withSpectrum<Result, Failure: Error>(
            _ body: (inout MutableSpan<Double>) throws(Failure) -> Result
        ) throws(Failure) -> Result {
            try spectrum.withNumbers(body)
        }
    }
}
