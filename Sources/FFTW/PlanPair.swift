private import Synchronization

/// A forward plan of FFTW and its inverse, destroyed together.
///
/// FFTW 3.3 manual, §5.4 "Thread safety": only the `fftw_execute` family may run on several
/// threads at once; planning and destroying share tables and must not. All plans are therefore
/// made and destroyed here, under one lock, and executed outside it. Nothing runs under the lock
/// but C calls, so that no thread can take it twice.
@safe
struct PlanPair<Number: FFTNumber>: ~Copyable {
    /// The plan from signal to spectrum.
    let forward: OpaquePointer
    /// The plan from spectrum to signal.
    let inverse: OpaquePointer

    /// Makes both plans.
    ///
    /// - Parameters:
    ///   - length: The transform's length, for the message when there is no plan.
    ///   - makeForward: Calls FFTW's planner for the forward plan, and nothing else.
    ///   - makeInverse: The same for the inverse plan.
    init(
        length: Int, makeForward: () -> OpaquePointer?, makeInverse: () -> OpaquePointer?
    ) {
        var forward: OpaquePointer?
        var inverse: OpaquePointer?
        plannerLock.withLock { _ in
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
        unsafe plannerLock.withLock { [forward, inverse] _ in
            unsafe Number.destroy(forward)
            unsafe Number.destroy(inverse)
        }
    }

    /// Stops a program that asks for a transform which FFTW cannot count.
    static func check(length: Int) {
        precondition(
            length >= 1 && length <= Int(Int32.max),
            "a transform has from 1 to \(Int32.max) samples, got \(length)")
    }
}

/// One lock for the planners of both precisions: each has tables of its own, and planning is rare.
private let plannerLock = Mutex<Void>(())
