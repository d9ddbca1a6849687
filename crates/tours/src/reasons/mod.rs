//! Why a host is not in the plan, and which demands clash.
