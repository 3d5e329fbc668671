private import Dispatch
private import Foundation

/// The clock that arrivals and decisions are stamped with: nanoseconds that only grow, since the
/// machine was started. A correction of the date does not touch it.
package enum MonotonicClock {
    /// Now.
    package static var now: UInt64 { DispatchTime.now().uptimeNanoseconds }

    /// Waits; when the time has passed already, not at all.
    ///
    /// - Parameter time: Until when. Whoever waits for one time after the other does not drift, as
    ///   somebody would who waits for one duration after the other.
    package static func sleep(until time: UInt64) {
        while true {
            let now = now
            guard now < time else { return }
            let rest = time - now
            var duration = timespec(
                tv_sec: Int(rest / 1_000_000_000), tv_nsec: Int(rest % 1_000_000_000))
            unsafe nanosleep(&duration, nil)
        }
    }

    /// Seconds in nanoseconds.
    ///
    /// - Parameter seconds: Not negative; what is longer than a century is a century.
    /// - Returns: Nanoseconds.
    package static func nanoseconds(_ seconds: Double) -> UInt64 {
        UInt64(min(max(0, seconds), 3e9) * 1e9)
    }

    /// The milliseconds that `poll` is given to wait: rounded up, so that it does not come back a
    /// moment too early again and again.
    ///
    /// - Parameter time: Until when.
    /// - Returns: Milliseconds.
    static func pollMilliseconds(until time: UInt64) -> Int32 {
        let now = now
        guard now < time else { return 0 }
        return Int32(min((time - now + 999_999) / 1_000_000, 60_000))
    }
}
