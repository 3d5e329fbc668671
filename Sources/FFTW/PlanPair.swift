internal import CFFTW3
private import Synchronization

/// A forward plan of FFTW and its inverse, destroyed together.
///
/// FFTW 3.3 manual, §5.4 "Thread safety": only the `fftw_execute` family may run on several
/// threads at once; planning and destroying share tables and must not. All plans are therefore
/// made and destroyed here, under one lock, and executed outside it. Nothing runs under the lock
/// but C calls, so that no thread can take it twice.
@safe
struct PlanPair: ~Copyable {
    private static let plannerLock = Mutex<Void>(())

    /// The plan from signal to spectrum.
    let forward: fftw_plan
    /// The plan from spectrum to signal.
    let inverse: fftw_plan

    /// Makes both plans.
    ///
    /// - Parameters:
    ///   - length: The transform's length, for the message when there is no plan.
    ///   - makeForward: Calls FFTW's planner for the forward plan, and nothing else.
    ///   - makeInverse: The same for the inverse plan.
    init(length: Int, makeForward: () -> fftw_plan?, makeInverse: () -> fftw_plan?) {
        var forward: fftw_plan?
        var inverse: fftw_plan?
        Self.plannerLock.withLock { _ in
            unsafe forward = makeForward()
            unsafe inverse = makeInverse()
        }
        guard let forward = unsafe forward, let inverse = unsafe inverse else {
            preconditionFailure("FFTW has no plan for \(length) samples")
        }
        unsafe self.forward = forward
        unsafe self.inverse = inverse
    }

    deinit {
        unsafe Self.plannerLock.withLock { [forward, inverse] _ in
            unsafe fftw_destroy_plan(forward)
            unsafe fftw_destroy_plan(inverse)
        }
    }

    /// Stops a program that asks for a transform which FFTW cannot count.
    static func check(length: Int) {
        precondition(
            length >= 1 && length <= Int(Int32.max),
            "a transform has from 1 to \(Int32.max) samples, got \(length)")
    }
}
