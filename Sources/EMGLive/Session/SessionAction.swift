/// What somebody does to a session that goes on, by the names that the page uses.
package enum SessionAction: String, Sendable, Hashable, CaseIterable {
    /// Begins the first countdown.
    case start
    /// Stops for a while.
    case pause
    /// Goes on after a pause.
    case resume
    /// Has the movement repeated.
    case repeatStep = "repeat"
    /// Leaves the movement out.
    case skip
    /// Ends the session.
    case stop
}

extension GuidedSession {
    /// Does what somebody wants; what makes no sense at the moment is without effect.
    ///
    /// - Parameter action: What.
    /// - Returns: What happened, in order.
    package mutating func perform(_ action: SessionAction) -> [SessionEvent] {
        switch action {
        case .start: return start()
        case .pause:
            pause()
            return []
        case .resume: return resume()
        case .repeatStep: return repeatStep()
        case .skip: return skip()
        case .stop: return stop()
        }
    }
}
