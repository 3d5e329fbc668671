private import ErrorReports
private import Foundation

/// The Lab Streaming Layer's library, loaded when it is needed: nothing of it is needed to build
/// this package, or to run what does not use it.
///
/// The functions are those of `lsl_c.h`, liblsl 1.13 and later.
@safe final class LSLLibrary {
    typealias Handle = OpaquePointer
    typealias Text = UnsafePointer<CChar>

    private let library: UnsafeMutableRawPointer

    let localClock: @convention(c) () -> Double
    let createResolver: @convention(c) (Text, Text, Double) -> Handle?
    let resolverResults: @convention(c) (Handle, UnsafeMutablePointer<Handle?>, UInt32) -> Int32
    let destroyResolver: @convention(c) (Handle) -> Void

    let createInfo: @convention(c) (Text, Text, Int32, Double, Int32, Text) -> Handle?
    let destroyInfo: @convention(c) (Handle) -> Void
    let channelCount: @convention(c) (Handle) -> Int32
    let nominalRate: @convention(c) (Handle) -> Double
    let channelFormat: @convention(c) (Handle) -> Int32

    let description: @convention(c) (Handle) -> Handle?
    let child: @convention(c) (Handle, Text) -> Handle?
    let nextSibling: @convention(c) (Handle, Text) -> Handle?
    let isEmpty: @convention(c) (Handle) -> Int32
    let childValue: @convention(c) (Handle, Text) -> Text?
    let appendChild: @convention(c) (Handle, Text) -> Handle?
    let appendChildValue: @convention(c) (Handle, Text, Text) -> Handle?

    let createInlet: @convention(c) (Handle, Int32, Int32, Int32) -> Handle?
    let destroyInlet: @convention(c) (Handle) -> Void
    let fullInfo: @convention(c) (Handle, Double, UnsafeMutablePointer<Int32>) -> Handle?
    let timeCorrection: @convention(c) (Handle, Double, UnsafeMutablePointer<Int32>) -> Double
    let pullSample:
        @convention(c) (
            Handle, UnsafeMutablePointer<Float>, Int32, Double, UnsafeMutablePointer<Int32>
        ) -> Double

    let createOutlet: @convention(c) (Handle, Int32, Int32) -> Handle?
    let destroyOutlet: @convention(c) (Handle) -> Void
    let pushSample: @convention(c) (Handle, UnsafePointer<Double>, Double, Int32) -> Int32

    /// Loads the library.
    ///
    /// - Parameter path: Its file; `nil` to look for it where `LSL_LIB` and `PYLSL_LIB` say, where
    ///   the system finds libraries, and in the folders of Python's package pylsl.
    /// - Throws: ``DecodingError`` when it is not there, or is another library.
    init(_ path: String?) throws(DecodingError) {
        let candidates = path.map { [$0] } ?? LSLPlaces.candidates()
        var reasons: [String] = []
        var opened: UnsafeMutableRawPointer?
        for candidate in candidates {
            unsafe opened = dlopen(candidate, RTLD_NOW | RTLD_LOCAL)
            if unsafe opened != nil { break }
            reasons.append(unsafe dlerror().map { unsafe String(cString: $0) } ?? candidate)
        }
        guard let library = unsafe opened else {
            throw Self.missing(
                path == nil ? "it was not found" : reasons.first ?? "it was not found")
        }
        unsafe self.library = unsafe library
        func function<Function>(_ name: String) throws(DecodingError) -> Function {
            guard let symbol = unsafe dlsym(library, name) else {
                throw Self.missing("it has no function \(name)")
            }
            return unsafe unsafeBitCast(symbol, to: Function.self)
        }
        localClock = try function("lsl_local_clock")
        unsafe createResolver = try function("lsl_create_continuous_resolver_byprop")
        unsafe resolverResults = try function("lsl_resolver_results")
        unsafe destroyResolver = try function("lsl_destroy_continuous_resolver")
        unsafe createInfo = try function("lsl_create_streaminfo")
        unsafe destroyInfo = try function("lsl_destroy_streaminfo")
        unsafe channelCount = try function("lsl_get_channel_count")
        unsafe nominalRate = try function("lsl_get_nominal_srate")
        unsafe channelFormat = try function("lsl_get_channel_format")
        unsafe description = try function("lsl_get_desc")
        unsafe child = try function("lsl_child")
        unsafe nextSibling = try function("lsl_next_sibling_n")
        unsafe isEmpty = try function("lsl_empty")
        unsafe childValue = try function("lsl_child_value_n")
        unsafe appendChild = try function("lsl_append_child")
        unsafe appendChildValue = try function("lsl_append_child_value")
        unsafe createInlet = try function("lsl_create_inlet")
        unsafe destroyInlet = try function("lsl_destroy_inlet")
        unsafe fullInfo = try function("lsl_get_fullinfo")
        unsafe timeCorrection = try function("lsl_time_correction")
        unsafe pullSample = try function("lsl_pull_sample_f")
        unsafe createOutlet = try function("lsl_create_outlet")
        unsafe destroyOutlet = try function("lsl_destroy_outlet")
        unsafe pushSample = try function("lsl_push_sample_dtp")
    }

    private static func missing(_ reason: String) -> DecodingError {
        DecodingError(
            .missingLibrary(name: "liblsl", reason: reason), at: "",
            hint:
                "install it (conda install -c conda-forge liblsl, or pip install pylsl), and name "
                + "its file with --lsl-library or LSL_LIB if it is not found")
    }
}
