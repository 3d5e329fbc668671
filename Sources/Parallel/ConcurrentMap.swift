import Dispatch
import Synchronization

/// Applies a function to every index below `count` on several threads.
///
/// Results come back in index order and, when several calls fail, the error of the lowest index
/// is thrown, so that the outcome does not depend on the number of threads. Indices are handed
/// out one at a time: work of uneven length is balanced.
///
/// - Parameters:
///   - count: How many indices, at least 0.
///   - threads: How many threads at most, at least 1; `1` runs on the calling thread.
///   - transform: The work for one index. It must not depend on the work for another one.
/// - Returns: `transform`'s results for `0..<count`, in that order.
/// - Throws: The error of the lowest index whose work failed.
package func concurrentMap<Result: Sendable, Failure: Error>(
    count: Int, threads: Int, _ transform: @Sendable (Int) throws(Failure) -> Result
) throws(Failure) -> [Result] {
    precondition(count >= 0, "count must be at least 0, got \(count)")
    precondition(threads >= 1, "threads must be at least 1, got \(threads)")
    guard threads > 1, count > 1 else {
        var results: [Result] = []
        results.reserveCapacity(count)
        for index in 0..<count { results.append(try transform(index)) }
        return results
    }
    let progress = Mutex(Progress<Result, Failure>(count: count))
    DispatchQueue.concurrentPerform(iterations: min(threads, count)) { _ in
        while let index = progress.withLock({ $0.takeNext() }) {
            let outcome: Swift.Result<Result, Failure>
            do throws(Failure) {
                outcome = .success(try transform(index))
            } catch {
                outcome = .failure(error)
            }
            progress.withLock { $0.outcomes[index] = outcome }
        }
    }
    var results: [Result] = []
    results.reserveCapacity(count)
    for outcome in progress.withLock({ $0.outcomes }) {
        guard let outcome else { preconditionFailure("an index was never worked on") }
        results.append(try outcome.get())
    }
    return results
}

private struct Progress<Value: Sendable, Failure: Error>: Sendable {
    var next = 0
    var outcomes: [Result<Value, Failure>?]

    init(count: Int) {
        outcomes = Array(repeating: nil, count: count)
    }

    mutating func takeNext() -> Int? {
        guard next < outcomes.count else { return nil }
        defer { next += 1 }
        return next
    }
}
