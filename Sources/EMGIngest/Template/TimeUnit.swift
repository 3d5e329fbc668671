internal import Documents

extension DocumentCursor {
    /// The length of the unit of time stamps, in seconds, as every template names it.
    func timeUnit() throws(DocumentError) -> Double {
        try choice(["s": 1, "ms": 1e-3, "us": 1e-6, "ns": 1e-9, "min": 60])
    }
}
