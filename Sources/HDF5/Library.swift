private import CHDF5
private import Synchronization

/// The one door to libhdf5.
///
/// The library keeps its state per process, not per file, and only some builds of it lock that
/// state themselves. Every call therefore happens inside ``exclusively(_:)``, and what a call
/// leaves on the error stack is read there too, before any other thread can overwrite it.
package enum Library {
    /// Whether the library has been opened. A mutex traps at once when it is taken twice by one
    /// thread, so a nested use is a programmer's fault that shows in the first test.
    private static let isOpen = Mutex(false)

    private static let isBusy = Atomic(false)
    private static let answers = Atomic(0)

    /// How often the library has answered while it is being used; `nil` when it is not. A process
    /// that watches over itself sees by it whether a call still gets somewhere.
    package static var answersInUse: Int? {
        isBusy.load(ordering: .acquiring) ? answers.load(ordering: .relaxed) : nil
    }

    /// Runs `body` while no other thread is inside libhdf5.
    package static func exclusively<Result: Sendable, Failure: Error>(
        _ body: () throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try isOpen.withLock { (isOpen) throws(Failure) -> Result in
            if !isOpen {
                // At exit the library would tear itself down under threads that still use it;
                // every file is closed by its own scope, so there is nothing left to do then.
                H5dont_atexit()
                precondition(H5open() >= 0, "libhdf5 cannot be initialized")
                // A file may name any filter: none is worth running code found on the disk.
                H5PLset_loading_state(0)
                isOpen = true
            }
            // Builds with threads keep this setting per thread.
            H5Eset_auto2(hid_t(H5E_DEFAULT), nil, nil)
            isBusy.store(true, ordering: .releasing)
            defer { isBusy.store(false, ordering: .releasing) }
            return try body()
        }
    }

    /// Gives a status or identifier that is not negative, or throws what the library says.
    ///
    /// - Parameters:
    ///   - status: What the call returned.
    ///   - call: The call's name.
    ///   - place: What it was about.
    /// - Returns: `status`.
    /// - Throws: ``HDF5Error`` made of the library's error stack when `status` is negative.
    @discardableResult
    static func check<Status: SignedInteger>(
        _ status: Status, _ call: StaticString, at place: Place
    ) throws(HDF5Error) -> Status {
        answers.add(1, ordering: .relaxed)
        guard status < 0 else { return status }
        throw ErrorStack.drain().error(call: "\(call)", at: place)
    }
}
