private import Synchronization

/// What may only be made, used and dropped under the library's lock, kept between steps.
///
/// It must not go out of use inside a step of another: its end takes the lock.
final class Held<Value: ~Copyable>: Sendable {
    private let value: Mutex<Value?>

    /// Keeps a value; the lock is held.
    init(_ value: consuming sending Value) {
        self.value = Mutex(value)
    }

    deinit {
        Library.exclusively { value.withLock { $0 = nil } }
    }

    /// Runs `body` under the lock that is held.
    func use<Result: Sendable>(
        _ body: (borrowing Value) throws(HDF5Error) -> Result
    ) throws(HDF5Error) -> Result {
        try value.withLock { (value) throws(HDF5Error) -> Result in
            switch value {
            case .some(let value): return try body(value)
            case .none: preconditionFailure("used after it was closed")
            }
        }
    }

    /// Runs `body` under the lock that it takes.
    func step<Result: Sendable>(
        _ body: (borrowing Value) throws(HDF5Error) -> Result
    ) throws(HDF5Error) -> Result {
        try Library.exclusively { () throws(HDF5Error) -> Result in try use(body) }
    }

    /// Gives the value to `body` for good, under the lock that it takes.
    func end(
        _ body: (consuming Value) throws(HDF5Error) -> Void
    ) throws(HDF5Error) {
        try Library.exclusively { () throws(HDF5Error) in
            try value.withLock { (value) throws(HDF5Error) in
                guard let value = value.take() else { preconditionFailure("closed twice") }
                try body(value)
            }
        }
    }
}
