internal import Foundation

/// Writes to an open file.
package enum Descriptor {
    /// Writes all bytes, also when the system takes them in parts.
    ///
    /// - Parameters:
    ///   - bytes: What to write.
    ///   - descriptor: The open file.
    /// - Returns: 0, or what `errno` was.
    package static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
        unsafe bytes.withUnsafeBytes { buffer in
            var rest = unsafe buffer[...]
            while unsafe !rest.isEmpty {
                let part = unsafe UnsafeRawBufferPointer(rebasing: rest)
                let count = unsafe Foundation.write(descriptor, part.baseAddress, part.count)
                if count < 0, errno == EINTR { continue }
                guard count >= 0 else { return errno }
                unsafe rest = rest.dropFirst(count)
            }
            return 0
        }
    }
}
